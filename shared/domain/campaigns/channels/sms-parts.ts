/** 3GPP TS 23.038, section 6.2.1: the characters that take one septet, and those that take two. */
const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENDED = '\f^{}\\[~]|€';

const septets: ReadonlyMap<string, number> = new Map([
  ...[...BASIC].map((char) => [char, 1] as const),
  ...[...EXTENDED].map((char) => [char, 2] as const),
]);

export interface SmsParts {
  readonly encoding: 'GSM-7' | 'UCS-2';
  /** Septets, or 16-bit units. */
  readonly units: number;
  readonly parts: number;
}

/** Units of a message that stands alone, and of each part of one that does not: six octets tell them apart. */
const room = { 'GSM-7': { alone: 160, part: 153 }, 'UCS-2': { alone: 70, part: 67 } } as const;

/** How a text travels. One character outside GSM-7, such as an emoji, more than halves the room. */
export function smsParts(text: string): SmsParts {
  const characters = [...text];
  const inSeptets = characters.flatMap((char) => septets.get(char) ?? []);
  const fitsGsm = inSeptets.length === characters.length;
  const sizes = fitsGsm ? inSeptets : characters.map((char) => char.length);
  const encoding = fitsGsm ? 'GSM-7' : 'UCS-2';
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { alone, part } = room[encoding];
  return { encoding, units, parts: units <= alone ? 1 : packed(sizes, part) };
}

/** A character of two units is never cut, so a part may stay one unit short. */
function packed(sizes: readonly number[], part: number): number {
  let parts = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > part) {
      parts += 1;
      used = 0;
    }
    used += size;
  }
  return parts;
}
