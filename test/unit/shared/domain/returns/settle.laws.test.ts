import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aggregate, combine, nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { difference } from '../../../../../shared/domain/customers/difference.ts';
import { fold, measure } from '../../../../../shared/domain/customers/measure.ts';
import { toStored } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { type Line, paidFor } from '../../../../../shared/domain/events/receipt.ts';
import { canonicalJson } from '../../../../../shared/domain/kernel/canonical.ts';
import { effectiveSale } from '../../../../../shared/domain/returns/effective.ts';
import { noCase, type SaleCase } from '../../../../../shared/domain/returns/sale-case.ts';
import { settle } from '../../../../../shared/domain/returns/settle.ts';
import {
  type Arrival,
  arrivalsOf,
  arriving,
  eventOf,
  saleCases,
  voidOf,
} from '../../../../builders/arbitrary-cases.ts';
import { events } from '../../../../builders/arbitrary-events.ts';

const paid = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + paidFor(line), 0);
const pieces = (lines: readonly Line[]) =>
  Math.round(lines.reduce((sum, { quantity }) => sum + quantity * 10_000, 0)) / 10_000;

const shuffledCases = saleCases().chain((one) => {
  const all = arrivalsOf(one);
  return fc.record({
    all: fc.constant(one),
    arrivals: fc.shuffledSubarray(all, { minLength: all.length }),
  });
});

const WAITING = 'waiting';

const changesOf = (one: SaleCase): Map<string, Aggregate> => {
  const { undone, waiting } = settle(one);
  return new Map([...undone, [WAITING, waiting]]);
};

/** Whatever the records hold already, and what each arrival adds to them. */
function recordsAfter(arrivals: readonly Arrival[], before: Aggregate): Map<string, Aggregate> {
  const records = new Map<string, Aggregate>();
  const add = (subject: string, some: Aggregate) =>
    records.set(subject, combine(records.get(subject) ?? before, some));
  let known = noCase;
  for (const arrival of arrivals) {
    const next = arriving(known, arrival);
    add(arrival.subject, measure(eventOf(arrival)));
    const [was, is] = [changesOf(known), changesOf(next)];
    for (const subject of new Set([...was.keys(), ...is.keys()])) {
      if (subject !== WAITING)
        add(subject, difference(is.get(subject) ?? nobody, was.get(subject) ?? nobody));
    }
    known = next;
  }
  return records;
}

const content = (records: ReadonlyMap<string, Aggregate>): string =>
  canonicalJson(Object.fromEntries([...records].map(([name, one]) => [name, toStored(one)])));

const linesStanding = (one: SaleCase): readonly Line[] =>
  effectiveSale(one).flatMap(({ event }) => event.data.lines);

/** All records that the sale concerns, together. */
const recordOf = (one: SaleCase): Aggregate =>
  [
    ...[...one.sold, ...one.refunds].map(({ event }) => measure(event)),
    ...settle(one).undone.values(),
  ].reduce(combine, nobody);

const undoneByReturns = (one: SaleCase): Aggregate =>
  difference(recordOf(one), recordOf({ ...one, returns: [] }));

function ofSku(one: SaleCase, sku: string): SaleCase {
  const only = <E extends SaleCase['sold' | 'corrections'][number]>({ subject, event }: E): E =>
    ({
      subject,
      event: { ...event, data: { ...event.data, lines: event.data.lines.filter((l) => l.sku === sku) } },
    }) as E;
  return { ...one, sold: one.sold.map(only), corrections: one.corrections.map(only) };
}

/** What it counts, without shares that come to nothing, and whether or not a day is old enough to be summed up. */
const withoutZeroes = (record: Aggregate) => {
  const { history, categories, channels, stores } = record;
  const days = [...history.older.orderDays, ...history.days.map(({ day, orders }) => ({ day, orders }))];
  return {
    totals: totalsOf(record),
    days: days.filter(({ orders }) => orders !== 0),
    shares: [categories, channels, stores].map((shares) =>
      Object.fromEntries(
        Object.entries(shares).filter(
          ([, { orders, units: u, net }]) => orders !== 0 || u !== 0 || net !== 0,
        ),
      ),
    ),
  };
};

const instants = fc
  .integer({ min: 0, max: 900 * 24 })
  .map((hours) => new Date(Date.parse('2024-06-01T08:00:00Z') + hours * 3_600_000).toISOString());

describe('the returns of one sale', () => {
  it('settle alike in whatever order they are known', () => {
    fc.assert(
      fc.property(shuffledCases, ({ all, arrivals }) => {
        const shuffled = arrivals.reduce(arriving, noCase);
        expect(changesOf(shuffled)).toEqual(changesOf(all));
        expect(settle(shuffled).exception).toEqual(settle(all).exception);
      }),
    );
  });

  it('undo no more goods and no more money than were sold, of all and of each sku', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        for (const sku of ['TEA', 'MUG']) {
          const only = { ...ofSku(one, sku), voids: [] };
          const undone = undoneByReturns(only);
          const standing = linesStanding(only);
          expect(0 - undone.units).toBeLessThanOrEqual(pieces(standing));
          expect(totalsOf(undone).returned).toBeLessThanOrEqual(paid(standing));
          expect(totalsOf(undone).returned).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('count or are in excess or wait: not a cent is lost, nor a piece', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        const returns = one.returns.filter(({ data }) => data.whole === undefined);
        const told = { ...one, returns, voids: [], returnVoids: [] };
        const { waiting, exception } = settle(told);
        const counted = combine(undoneByReturns(told), waiting);
        const excess = exception?.kind === 'over-return' ? exception.claims : [];
        const claimed = returns.flatMap(({ data }) => data.lines);
        const tooMany = excess.reduce((sum, { units = 0 }) => sum + units, 0);
        const beyond = excess.length === 0 ? 0 : exception?.amount;
        const beside = returns.reduce((sum, { data }) => sum + (data.amount ?? 0), 0);
        expect(totalsOf(counted).returned + Number(beyond)).toBe(paid(claimed) + beside);
        expect(tooMany - counted.units).toBeCloseTo(pieces(claimed), 6);
      }),
    );
  });

  it('undo of a sale that comes back whole, by line or in a word, all goods, money and discounts', () => {
    fc.assert(
      fc.property(saleCases(), fc.nat(), fc.boolean(), (one, seed, inAWord) => {
        const [first] = one.returns;
        const lines = linesStanding(one);
        fc.pre(first !== undefined && lines.length > 0);
        const turned = lines.map((_, index) => lines[(index + seed) % lines.length]).flatMap((l) => l ?? []);
        const how = inAWord ? { lines: [], whole: true as const } : { lines: turned, whole: undefined };
        const back = { ...first, data: { ...first.data, amount: undefined, ...how } };
        const all = { ...one, returns: [back], refunds: [], voids: [], returnVoids: [] };
        expect(settle(all).exception).toBeUndefined();
        expect(recordOf(all)).toMatchObject({ units: 0, discounts: 0 });
        expect(totalsOf(recordOf(all)).net).toBe(0);
      }),
    );
  });

  it('undo by a whole return whatever other returns have left, whenever those are told', () => {
    fc.assert(
      fc.property(saleCases(), instants, (one, occurredAt) => {
        const [first, ...others] = one.returns;
        fc.pre(first !== undefined && linesStanding(one).length > 0);
        const back = { ...first, occurredAt, data: { ...first.data, lines: [], whole: true as const } };
        const { amount: _all, ...data } = back.data;
        const record = recordOf({
          ...one,
          returns: [...others, { ...back, data }],
          refunds: [],
          voids: [],
          returnVoids: [],
        });
        expect(record).toMatchObject({ units: 0, discounts: 0 });
        expect(totalsOf(record).net).toBe(0);
      }),
    );
  });

  it('undo nothing of a sale that was voided, which leaves nothing but zeroes', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        fc.pre(one.sold.length > 0 && one.voids.length > 0);
        const left = recordOf({ ...one, refunds: [] });
        expect(totalsOf(left)).toEqual({
          orders: 0,
          gross: 0,
          returned: 0,
          net: 0,
          discounts: 0,
          units: 0,
        });
        expect(left.history.older.orderDays).toEqual([]);
      }),
    );
  });

  it('count as if they had never been told, once their own receipts are voided', () => {
    fc.assert(
      fc.property(saleCases(), fc.nat(5), (one, at) => {
        const voided = one.returns[at % Math.max(1, one.returns.length)];
        fc.pre(voided !== undefined);
        const told = { ...one, returnVoids: [...one.returnVoids, voidOf(voided.data)] };
        const never = {
          ...one,
          returns: one.returns.filter((other) => other !== voided),
          returnVoids: one.returnVoids.filter(({ data }) => data.receipt !== voided.data.receipt),
        };
        expect(withoutZeroes(recordOf(told))).toEqual(withoutZeroes(recordOf(never)));
        expect(totalsOf(settle(told).waiting)).toEqual(totalsOf(settle(never).waiting));
        expect(settle(told).exception?.claims).toEqual(settle(never).exception?.claims);
      }),
    );
  });

  it('without a sale are gone once their receipt is voided', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        const refunds = one.refunds.filter(({ event }) => event.data.sale === undefined);
        const [first] = refunds;
        fc.pre(first !== undefined);
        const own = { ...noCase, refunds, voids: [voidOf(first.event.data)] };
        const left = [...refunds.map(({ event }) => measure(event)), ...settle(own).undone.values()];
        expect(totalsOf(left.reduce(combine, nobody))).toMatchObject({ net: 0, units: 0, discounts: 0 });
      }),
    );
  });

  it('and a correction make of a sale what it would be, had it been told so at first', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        const highest = one.corrections.at(-1)?.event;
        const [first] = one.sold;
        fc.pre(highest !== undefined && first !== undefined);
        const data = { ...first.event.data, ...highest.data };
        const told = { subject: first.subject, event: { ...first.event, data } };
        const atFirst = recordOf({ ...one, corrections: [], sold: [told] });
        expect(withoutZeroes(recordOf(one))).toEqual(withoutZeroes(atFirst));
      }),
    );
  });

  it('and their sale make the same records in whatever order they arrive, on top of anything', () => {
    fc.assert(
      fc.property(shuffledCases, events(8), ({ all, arrivals }, others) => {
        const before = fold(nobody, others);
        expect(content(recordsAfter(arrivals, before))).toBe(content(recordsAfter(arrivalsOf(all), before)));
      }),
    );
  });
});
