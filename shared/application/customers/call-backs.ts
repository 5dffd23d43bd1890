import type * as z from 'zod';
import type { CallBacks } from '../../contracts/care-schemas.ts';
import { isProfilePartition, keys } from '../../contracts/keys.ts';
import { type Aggregate, nobody } from '../../domain/customers/aggregate.ts';
import { type WaitsForCall, waitingForCall } from '../../domain/customers/care.ts';
import { toCursor } from '../../domain/kernel/cursor.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Table, Write } from '../../ports/table.ts';
import { customersOf, wholesOf } from './customers-of.ts';

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

const HOUR_MS = 3_600_000;

export const dueOf = ({ since }: WaitsForCall, callBackHours: number): string =>
  new Date(Date.parse(since) + callBackHours * HOUR_MS).toISOString();

/** Kept by profile: the complaint named a phone number, say, and the call back the member. */
interface Entry extends WaitsForCall {
  readonly customer: ProfileId;
}

/** Who waits to be called, the longest first. */
export async function listCallBacks(
  table: Table,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  { callBackHours, now }: { readonly callBackHours: number; readonly now: string },
): Promise<z.input<typeof CallBacks>> {
  const { pk } = keys.callBack('', '', '');
  const { items } = await table.query({ table: 'control', pk, limit: limit + 1, cursor });
  const last = items.length > limit ? items[limit - 1] : undefined;
  const entries = items.slice(0, limit).map(({ value }) => value as unknown as Entry);
  const profiles = entries.map(({ customer }) => customer);
  const customers = await customersOf(table, [...new Set(profiles)]);
  const wholes = await wholesOf(table, customers);
  const customerOf = new Map([...customers].flatMap(([id, own]) => own.map((profile) => [profile, id])));
  return {
    callBacks: entries.flatMap((entry) => {
      const customer = customerOf.get(entry.customer) ?? entry.customer;
      if (isSettled(entry, wholes.get(customer))) return [];
      const due = dueOf(entry, callBackHours);
      return [{ ...entry, customer, due, overdue: due < now }];
    }),
    ...(last === undefined ? {} : { cursor: toCursor(last.sk) }),
  };
}

/** Whether the customer's other profiles know better. Of more cases than a record keeps each waits until it is told. */
function isSettled({ ticket, since }: Entry, whole: Aggregate = nobody): boolean {
  const known = whole.complaints[ticket];
  return known !== undefined && !(known.step === 'open' && known.at === since);
}
