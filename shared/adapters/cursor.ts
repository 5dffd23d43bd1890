import * as z from 'zod';
import { invalidCursor, isBefore, readCursor } from '../domain/kernel/cursor.ts';
import type { Query } from '../ports/table.ts';

const QueryPosition = z.tuple([z.string().min(1)]);
const ScanPosition = z.tuple([z.string().min(1), z.string().min(1)]);

/** The sk after which a query goes on. Cursors come back from outside, so it must lie within the query. */
export function positionInQuery({ cursor, prefix, from = '', to }: Query): string | undefined {
  if (cursor === undefined) return undefined;
  const [sk] = readCursor(cursor, QueryPosition);
  const inside =
    prefix === undefined
      ? !isBefore(sk, from) && (to === undefined || !isBefore(to, sk))
      : sk.startsWith(prefix);
  if (!inside) throw invalidCursor();
  return sk;
}

/** The pk and sk after which a scan goes on. */
export const positionInScan = (cursor: string | undefined): readonly [pk: string, sk: string] | undefined =>
  cursor === undefined ? undefined : readCursor(cursor, ScanPosition);
