import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Aggregate, combine, nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { difference } from '../../../../../shared/domain/customers/difference.ts';
import { fold, measure } from '../../../../../shared/domain/customers/measure.ts';
import { toStored } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { type Line, paidFor } from '../../../../../shared/domain/events/receipt.ts';
import { canonicalJson } from '../../../../../shared/domain/kernel/canonical.ts';
import { noCase, type SaleCase, withEvent } from '../../../../../shared/domain/returns/sale-case.ts';
import { settle } from '../../../../../shared/domain/returns/settle.ts';
import { saleCases } from '../../../../builders/arbitrary-cases.ts';
import { events } from '../../../../builders/arbitrary-events.ts';

const paid = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + paidFor(line), 0);
const pieces = (lines: readonly Line[]) =>
  Math.round(lines.reduce((sum, { quantity }) => sum + quantity * 10_000, 0)) / 10_000;

/** An event, and whose record it goes to. */
interface Arrival {
  readonly subject: string;
  readonly event: SaleCase['sold'][number]['event'] | SaleCase['returns'][number] | SaleCase['voids'][number];
}

const arrivalsOf = ({ sold, returns, voids }: SaleCase): Arrival[] => [
  ...sold,
  ...[...returns, ...voids].map((event) => ({ subject: String(event.profile), event })),
];

const arriving = (known: SaleCase, { subject, event }: Arrival): SaleCase => withEvent(known, subject, event);

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
    add(arrival.subject, measure(arrival.event));
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
      fc.property(saleCases(), ({ sold, returns }) => {
        for (const sku of ['TEA', 'MUG']) {
          const of = (lines: readonly Line[]) => lines.filter((line) => line.sku === sku);
          const only = {
            sold: sold.map(({ subject, event }) => ({
              subject,
              event: { ...event, data: { ...event.data, lines: of(event.data.lines) } },
            })),
            returns,
            voids: [],
          };
          const whole = [...settle(only).undone.values()].reduce(combine, nobody);
          const sale = sold.flatMap(({ event }) => of(event.data.lines));
          expect(0 - whole.units).toBeLessThanOrEqual(pieces(sale));
          expect(totalsOf(whole).returned).toBeLessThanOrEqual(paid(sale));
          expect(totalsOf(whole).returned).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('count or are in excess or wait: not a cent is lost, nor a piece', () => {
    fc.assert(
      fc.property(saleCases(), (one) => {
        const { undone, waiting, exception } = settle({ ...one, voids: [] });
        const counted = [...undone.values(), waiting].reduce(combine, nobody);
        const excess = exception?.kind === 'over-return' ? exception.excess : [];
        const claimed = one.returns.flatMap(({ data }) => data.lines);
        const beyond = excess.reduce((sum, { amount }) => sum + amount, 0);
        const tooMany = excess.reduce((sum, { units }) => sum + units, 0);
        expect(totalsOf(counted).returned + beyond).toBe(paid(claimed));
        expect(tooMany - counted.units).toBeCloseTo(pieces(claimed), 6);
      }),
    );
  });

  it('undo of a sale that comes back whole all goods, money and discounts', () => {
    fc.assert(
      fc.property(saleCases(), fc.nat(), ({ sold, returns }, seed) => {
        const [first] = returns;
        fc.pre(first !== undefined && sold.length > 0);
        const lines = sold.flatMap(({ event }) => event.data.lines);
        const turned = lines.map((_, index) => lines[(index + seed) % lines.length]).flatMap((l) => l ?? []);
        const whole = { ...first, data: { ...first.data, lines: turned } };
        const { undone, exception } = settle({ sold, returns: [whole], voids: [] });
        const rest = sold.map(({ event }) => measure(event)).reduce(combine);
        const left = [...undone.values()].reduce(combine, rest);
        expect(exception).toBeUndefined();
        expect(left).toMatchObject({ units: 0, discounts: 0 });
        expect(totalsOf(left).net).toBe(0);
      }),
    );
  });

  it('undo nothing of a sale that was voided, which leaves nothing but zeroes', () => {
    fc.assert(
      fc.property(saleCases(), ({ sold, returns, voids }) => {
        fc.pre(sold.length > 0 && voids.length > 0);
        const { undone } = settle({ sold, returns, voids });
        const left = [...undone.values()].reduce(
          combine,
          sold.map(({ event }) => measure(event)).reduce(combine),
        );
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

  it('and their sale make the same records in whatever order they arrive, on top of anything', () => {
    fc.assert(
      fc.property(shuffledCases, events(8), ({ all, arrivals }, others) => {
        const before = fold(nobody, others);
        expect(content(recordsAfter(arrivals, before))).toBe(content(recordsAfter(arrivalsOf(all), before)));
      }),
    );
  });
});
