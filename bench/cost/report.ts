import { formatted, type Line } from '../kit/line.ts';
import { type Meter, priceList, prices } from './prices.ts';
import { assumed, reference } from './reference.ts';
import type { Measured } from './scenes/stage.ts';
import { bill, dollarsOf, times, type Usage, without } from './usage.ts';

/** One column of the tables: what a million of something, or one month, ran through the meters. */
export interface Column {
  readonly name: string;
  readonly usage: Usage;
}

const MILLION = 1_000_000;

export const perMillion = ({ usage, things }: Measured): Usage => times(usage, MILLION / things);

/** SES's own fee is no plumbing; it is named beside it. */
const PLUMBING: readonly Meter[] = ['emails'];
export const plumbing = (usage: Usage): Usage => without(usage, PLUMBING);

export const line = (
  part: string,
  what: string,
  usage: Usage,
  more: { readonly unit: string; readonly atMost?: number; readonly note?: string },
): Line => ({
  part,
  what,
  value: dollarsOf(usage),
  unit: more.unit,
  ...(more.atMost === undefined ? {} : { budget: { atMost: more.atMost } }),
  ...(more.note === undefined ? {} : { note: more.note }),
});

const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [
    `| ${head.join(' | ')} |`,
    `|---|${head
      .slice(1)
      .map(() => '---:')
      .join('|')}|`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ].join('\n');

/** Dollars of each column by service. */
export function servicesTable(columns: readonly Column[]): string {
  const bills = columns.map(({ usage }) => bill(plumbing(usage)));
  const services = [...new Set(Object.values(prices).map(({ service }) => service))];
  const rows = services
    .filter((service) => bills.some((one) => one.has(service)))
    .map((service) => [service, ...bills.map((one) => dollars(one.get(service)))]);
  const sums = ['sum', ...columns.map(({ usage }) => dollars(dollarsOf(plumbing(usage))))];
  return table(['$ by service', ...columns.map(({ name }) => name)], [...rows, sums]);
}

/** Three decimals, since the budgets of signals and nights are tenths of dollars. */
const dollars = (value: number | undefined): string => (value === undefined ? '' : value.toFixed(3));

/** What each column ran through the meters. */
export function metersTable(columns: readonly Column[]): string {
  const meters = (Object.keys(prices) as Meter[]).filter((meter) =>
    columns.some(({ usage }) => usage[meter] !== undefined),
  );
  const rows = meters.map((meter) => [
    `${meter}: ${prices[meter].of}`,
    ...columns.map(({ usage }) => {
      const amount = usage[meter];
      return amount === undefined ? '' : formatted(amount);
    }),
  ]);
  return table(['counted', ...columns.map(({ name }) => name)], rows);
}

/** Sizes of written items by kind; above a kilobyte a write costs another unit. */
export function sizesTable(written: ReadonlyMap<string, readonly number[]>): string {
  const rows = [...written].map(([kind, sizes]) => {
    const ascending = sizes.toSorted((a, b) => a - b);
    const at = (share: number) => formatted(ascending[Math.floor(share * (ascending.length - 1))] ?? 0);
    const large = sizes.filter((size) => size > 1_024).length / sizes.length;
    return [kind, formatted(sizes.length), at(0.5), at(0.9), at(1), `${formatted(large * 100)} %`];
  });
  return table(['item', 'written', 'median, bytes', 'p90', 'largest', 'above 1 KB'], rows);
}

/** The assumptions, in words. */
export function described(): string {
  const { chain, shop, night, campaign } = reference;
  const percent = (share: number): string => `${formatted(share * 100)} %`;
  return [
    `A chain of ${chain.stores} stores with ${chain.tills} tills each and ${formatted(chain.members)} members, of whom ${percent(chain.browsing)} also use its app. A store sends what it has once a minute, some ${chain.receiptsACall} receipts a call, named by their receipt numbers; 70 % with a member, 2 % returns, 1 % told twice, 1 to 5 lines.`,
    `${formatted(shop.signalsADay)} signals a day from web shop and app; ${percent(shop.members)} of the visitors are logged in, of the others ${percent(shop.returning)} have been there before.`,
    `A night of ${formatted(night.customers)} customers in ${night.shards} shards, of whom ${percent(night.moved)} moved, each with ${night.touches} campaigns in the ledger. A campaign in ${campaign.shards} shards.`,
    `Prices of ${priceList.region} as of ${priceList.asOf}, in ${priceList.currency}, without free tiers. Units are counted by AWS's rules from the items; processor time is measured here, stretched to each function's share of a processor, with an assumed network (a transaction ${assumed.network['TransactWriteItems']} ms, a look-up ${assumed.network['GetItem']} ms); ${percent(assumed.cold.share)} cold starts.`,
  ].join('\n');
}
