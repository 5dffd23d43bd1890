import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import type { Encoding } from '../../domain/import/members/member-mapping.ts';
import { inspect, translated } from './table-file.ts';

const SNIFFED_BYTES = 262_144;

/** How a table of text is written, as far as its beginning tells. */
export interface Sniffed {
  readonly encoding: Encoding;
  readonly delimiter: string;
}

/** Throws what opening the file would throw. */
export async function sniffTable(
  path: string,
  known: { readonly [K in keyof Sniffed]?: Sniffed[K] | undefined } = {},
): Promise<Sniffed> {
  const head = await headOf(path);
  const encoding = known.encoding ?? encodingOf(head);
  return { encoding, delimiter: known.delimiter ?? delimiterOf(new TextDecoder(encoding).decode(head)) };
}

/** The unpacked beginning of a file. */
export async function headOf(path: string): Promise<Buffer> {
  const { packed } = await inspect(path);
  const file = createReadStream(path);
  const bytes = packed ? file.pipe(createGunzip()) : file;
  file.on('error', (error) => bytes.destroy(error));
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of bytes as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.length;
      if (length >= SNIFFED_BYTES) break;
    }
  } catch (error) {
    throw translated(path, error);
  } finally {
    file.destroy();
  }
  return Buffer.concat(chunks).subarray(0, SNIFFED_BYTES);
}

/**
 * A mark at the beginning decides; then what can be read as UTF-8 is UTF-8. What is left is Chinese where bytes
 * above 127 come in pairs, and Western where they stand alone between plain letters.
 */
export function encodingOf(head: Uint8Array): Encoding {
  const [first = 0, second = 0] = head;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  if (isUtf8(head)) return hasNulls(head) ? nullsLead(head) : 'utf-8';
  return highBytesInPairs(head) > 0.8 ? 'gb18030' : 'windows-1252';
}

/** The end may cut a character in two: with `stream` that is no fault. */
function isUtf8(head: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Latin letters in UTF-16 have a zero in every other byte. */
const hasNulls = (head: Uint8Array): boolean => head.subarray(0, 1_000).includes(0);

const nullsLead = (head: Uint8Array): Encoding => (head[0] === 0 ? 'utf-16be' : 'utf-16le');

/** The share of bytes above 127 that stand beside another one. */
function highBytesInPairs(head: Uint8Array): number {
  let high = 0;
  let paired = 0;
  for (let at = 0; at < head.length; at += 1) {
    if ((head[at] ?? 0) < 0x80) continue;
    high += 1;
    if ((head[at + 1] ?? 0) >= 0x80 || (head[at - 1] ?? 0) >= 0x80) paired += 1;
  }
  return high === 0 ? 0 : paired / high;
}

const DELIMITERS = [',', ';', '\t', '|'] as const;

/** The one that the file itself names in a line above, or that the header has most of, outside of quotes. */
export function delimiterOf(text: string): string {
  const named = /^\ufeff?sep=(.)\r?\n/i.exec(text)?.[1];
  if (named !== undefined) return named;
  const [header = ''] = text
    .replace(/"(?:[^"]|"")*"/g, '')
    .split(/\r?\n/)
    .filter(Boolean);
  const times = (delimiter: string) => header.split(delimiter).length - 1;
  return DELIMITERS.reduce<string>((best, one) => (times(one) > times(best) ? one : best), ',');
}
