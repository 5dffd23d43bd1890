/** Digits of Arabic and Persian keyboards, which compatibility forms leave alone. */
const EASTERN_DIGITS = /[\u0660-\u0669\u06f0-\u06f9]/g;

/**
 * The text that a keyboard of another script, a copy from a web page or another way of writing accents stands for:
 * full-width letters and Arabic digits as plain ones, accents and letters as one sign, and without signs that nobody sees.
 */
export const plainText = (raw: string): string =>
  raw
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(EASTERN_DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
