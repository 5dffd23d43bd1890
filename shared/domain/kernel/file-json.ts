/** Reads the JSON of a file, before which editors of Windows put a mark that no parser takes. */
export const fileJson = (text: string): unknown => JSON.parse(text.replace(/^\ufeff/, ''));
