import * as z from 'zod';
import { InvalidInput } from '../domain/kernel/errors.ts';
import type { Query } from '../ports/table.ts';

const invalid = (cause?: unknown) =>
  new InvalidInput(
    'invalid-cursor',
    'cursor',
    'cursor is none that we gave here; leave it out to begin at the start',
    { cause },
  );

/** A position between two items, in a form that passes through URLs. The item itself may vanish. */
export const toCursor = (...position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

function read<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw invalid(error);
  }
}

const QueryPosition = z.tuple([z.string().min(1)]);
const ScanPosition = z.tuple([z.string().min(1), z.string().min(1)]);

/** UTF-8 bytes, and so code points; JavaScript's own order of texts is that of UTF-16. */
export const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;

/** The sk after which a query goes on. Cursors come back from outside, so it must lie within the query. */
export function positionInQuery({ cursor, prefix, from = '', to }: Query): string | undefined {
  if (cursor === undefined) return undefined;
  const [sk] = read(cursor, QueryPosition);
  const inside =
    prefix === undefined
      ? !isBefore(sk, from) && (to === undefined || !isBefore(to, sk))
      : sk.startsWith(prefix);
  if (!inside) throw invalid();
  return sk;
}

/** The pk and sk after which a scan goes on. */
export const positionInScan = (cursor: string | undefined): readonly [pk: string, sk: string] | undefined =>
  cursor === undefined ? undefined : read(cursor, ScanPosition);
