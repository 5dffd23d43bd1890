import type * as z from 'zod';
import { InvalidInput } from './errors.ts';

export const invalidCursor = (cause?: unknown) =>
  new InvalidInput(
    'invalid-cursor',
    'cursor',
    'cursor is none that we gave here; leave it out to begin at the start',
    { cause },
  );

/** A position between two items, in a form that passes through URLs. The item itself may vanish. */
export const toCursor = (...position: readonly string[]): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** Cursors come back from outside: the position, or InvalidInput where it is none of that shape. */
export function readCursor<T>(cursor: string, schema: z.ZodType<T>): T {
  try {
    return schema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()));
  } catch (error) {
    throw invalidCursor(error);
  }
}

/** UTF-8 bytes, and so code points, as tables order their keys; JavaScript's own order of texts is that of UTF-16. */
export const isBefore = (a: string, b: string): boolean => Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
