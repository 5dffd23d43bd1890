import type * as z from 'zod';
import type { CallBacks } from '../../contracts/care-schemas.ts';
import { isProfilePartition, keys } from '../../contracts/keys.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import { type WaitsForCall, waitingForCall } from '../../domain/customers/care.ts';
import type { Table, Write } from '../../ports/table.ts';

/** Keeps the list of those who wait in step with the record, in the commit that changes it. */
export function callBackWrites(subject: string, before: Aggregate, after: Aggregate): Write[] {
  if (before.complaints === after.complaints || !isProfilePartition(subject)) return [];
  const keyOf = ({ since, ticket }: WaitsForCall) => keys.callBack(since, subject, ticket);
  const [waited, waits] = [waitingForCall(before), waitingForCall(after)];
  const skOf = (one: WaitsForCall): string => keyOf(one).sk;
  const [known, wanted] = [new Set(waited.map(skOf)), new Set(waits.map(skOf))];
  return [
    ...waited.filter((one) => !wanted.has(skOf(one))).map((one): Write => ({ remove: keyOf(one) })),
    ...waits
      .filter((one) => !known.has(skOf(one)))
      .map((one): Write => ({ put: keyOf(one), value: { customer: subject, ...one } })),
  ];
}

/** Keys begin with a time. */
const ABOVE_ALL = '~';
const HOUR_MS = 3_600_000;

export const dueOf = ({ since }: WaitsForCall, callBackHours: number): string =>
  new Date(Date.parse(since) + callBackHours * HOUR_MS).toISOString();

/** Who waits to be called, the longest first. The cursor is the key of the last one shown. */
export async function listCallBacks(
  table: Table,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  { callBackHours, now }: { readonly callBackHours: number; readonly now: string },
): Promise<z.input<typeof CallBacks>> {
  const { pk } = keys.callBack('', '', '');
  const { items } = await table.query({
    table: 'control',
    pk,
    from: cursor ?? '',
    to: ABOVE_ALL,
    limit: limit + 2,
  });
  const later = items.filter(({ sk }) => cursor === undefined || sk > cursor);
  const shown = later.slice(0, limit);
  const last = later.length > limit ? shown.at(-1) : undefined;
  return {
    callBacks: shown.map(({ value }) => {
      const waits = value as unknown as WaitsForCall & { readonly customer: string };
      const due = dueOf(waits, callBackHours);
      return { ...waits, due, overdue: due < now };
    }),
    ...(last === undefined ? {} : { cursor: last.sk }),
  };
}
