import { pipeline, Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { InvalidInput } from '../domain/kernel/errors.ts';

const isGzip = (name: string): boolean => name.endsWith('.gz');

/** Lines are gathered to about this many characters before they are passed on. */
const CHUNK_CHARS = 65_536;

async function* toText(
  name: string,
  lines: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string> {
  let chunk = '';
  for await (const line of lines) {
    if (line.includes('\n'))
      throw new InvalidInput(
        'line-feed',
        name,
        `A line of ${name} contains a line feed; encode it, for example as JSON`,
      );
    chunk += `${line}\n`;
    if (chunk.length >= CHUNK_CHARS) {
      yield chunk;
      chunk = '';
    }
  }
  if (chunk !== '') yield chunk;
}

/** The bytes of a file of lines: UTF-8, a line feed after each, gzip when the name ends in .gz. */
export function linesToBytes(name: string, lines: AsyncIterable<string> | Iterable<string>): Readable {
  const text = Readable.from(toText(name, lines), { objectMode: false });
  // The callback is needed, but errors reach the reader of the last stream anyway.
  return isGzip(name) ? pipeline(text, createGzip(), () => {}) : text;
}

/** Not node:readline, which also breaks lines at other characters, such as U+2028. */
async function* split(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  let rest = '';
  for await (const chunk of bytes) {
    const pieces = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = pieces.pop() ?? '';
    yield* pieces;
  }
  rest += decoder.decode();
  if (rest !== '') yield rest;
}

/** The lines that `linesToBytes` got. */
export const bytesToLines = (name: string, bytes: Readable): AsyncIterable<string> =>
  split(isGzip(name) ? pipeline(bytes, createGunzip(), () => {}) : bytes);
