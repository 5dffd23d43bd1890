import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod';
import type { TableName } from '../../contracts/key.ts';
import type { Item, Value } from '../../ports/table.ts';
import { raised } from '../table-rules.ts';

/** Numbers come back as bigint beyond 2^53. */
const Numeric = z.union([z.number(), z.bigint()]).transform(Number);

/**
 * An item as DynamoDB keeps it. The value is JSON text, which keeps every JSON value exactly, deflated where
 * it is long; `counts` holds what was added since the last put, for JSON cannot be incremented.
 */
const Row = z.object({
  pk: z.string(),
  sk: z.string(),
  version: z.int(),
  value: z.union([z.string(), z.instanceof(Uint8Array)]),
  counts: z.record(z.string(), Numeric),
  expires: Numeric.optional(),
});

/** Writes are billed by the KB; keys, names and numbers of a row take up to 150 bytes beside the value. */
const UNIT_BYTES = 1_024 - 150;

/** The value as an attribute: text, or deflated text where the text alone would fill a unit. */
export function toAttribute(value: Value): string | Uint8Array {
  const text = JSON.stringify(value);
  return Buffer.byteLength(text) <= UNIT_BYTES ? text : deflateRawSync(text);
}

const fromAttribute = (attribute: string | Uint8Array): Value =>
  JSON.parse(typeof attribute === 'string' ? attribute : inflateRawSync(attribute).toString()) as Value;

/** Reads a row of the table, or of its stream; undefined where it has expired at `now` (epoch seconds). */
export function itemOf(
  table: TableName,
  row: Readonly<Record<string, unknown>>,
  now: number,
): Item | undefined {
  const { pk, sk, version, value, counts, expires } = Row.parse(row);
  if (expires !== undefined && expires < now) return undefined;
  const kept = fromAttribute(value);
  return { table, pk, sk, version, value: { ...kept, ...raised(kept, counts) } };
}
