/** A whole number of so many digits that a double may not hold it. Where none is in the text, nothing needs a second look. */
const LONG = /(?:^|[:,[\s-])\d{16}/;

/** The strings of a JSON text, so that nothing within them is taken for a number, and its numbers. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*/g;

const WHOLE = /^-?\d+$/;

/**
 * JSON whose whole numbers keep all their digits: those that a double cannot hold are text. Order numbers of market
 * places have 19 digits, and two of them, rounded, would be one order. Throws SyntaxError.
 */
export function exactJson(text: string): unknown {
  // What is no JSON is refused here, so that what follows finds an end to every string.
  const read: unknown = JSON.parse(text);
  return LONG.test(text) ? JSON.parse(text.replaceAll(STRING_OR_NUMBER, asWritten)) : read;
}

const asWritten = (token: string): string =>
  WHOLE.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token;
