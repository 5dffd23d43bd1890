import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { InvalidInput } from '../domain/kernel/errors.ts';

const gunzipped = promisify(gunzip);

/**
 * A body as it was before its sender packed it. Inflating ends where `mostBytes` are passed, so a small body
 * that holds gigabytes costs no more than one that is a little too large.
 * Throws InvalidInput: `unsupported-encoding`, `batch-too-large`, `malformed-gzip`.
 */
export async function inflated<Body extends string | Uint8Array>(
  body: Body,
  encoding: string | undefined,
  mostBytes: number,
): Promise<Body | Uint8Array> {
  const name = encoding?.trim().toLowerCase() ?? '';
  if (name === '' || name === 'identity') return body;
  if (name !== 'gzip' && name !== 'x-gzip') throw unsupported(name);
  try {
    return await gunzipped(body, { maxOutputLength: mostBytes });
  } catch (error) {
    throw isTooLarge(error) ? tooLarge(mostBytes) : malformed(error);
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';

const unsupported = (name: string): InvalidInput =>
  new InvalidInput(
    'unsupported-encoding',
    '',
    `Content-Encoding: '${name.slice(0, 32)}' is not known; send gzip, or leave the header out`,
  );

const tooLarge = (mostBytes: number): InvalidInput =>
  new InvalidInput(
    'batch-too-large',
    '',
    `The request holds more than ${mostBytes} bytes when it is unpacked; split it`,
  );

const malformed = (cause: unknown): InvalidInput =>
  new InvalidInput(
    'malformed-gzip',
    '',
    'The body is not the gzip that its Content-Encoding says; pack all of it, or leave the header out',
    { cause },
  );
