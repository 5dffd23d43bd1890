import { type Aggregate, nobody } from '../../shared/domain/customers/aggregate.ts';
import type { CustomerView } from '../../shared/domain/customers/view.ts';
import type { ContactChannel } from '../../shared/domain/events/consent-changed.ts';
import type { Score } from '../../shared/domain/insight/score.ts';
import { type Day, dayFromIso, daysBefore, type IsoDate } from '../../shared/domain/kernel/day.ts';
import type { CustomerId } from '../../shared/domain/kernel/ids.ts';

export const TODAY = dayFromIso('2026-03-31');

interface Purchase {
  /** Days before today. */
  readonly ago: number;
  readonly orders?: number;
  readonly sales?: number;
  readonly returns?: number;
}

interface Sketch {
  readonly id?: string;
  readonly today?: Day;
  readonly purchases?: readonly Purchase[];
  readonly consent?: Readonly<Partial<Record<ContactChannel, 'granted' | 'withdrawn'>>>;
  /** Left out, the customer was never scored. */
  readonly score?: Partial<Score>;
  /** Whatever else the test is about. */
  readonly aggregate?: Partial<Aggregate>;
}

/** Somebody who bought once, ten days ago, and never said a word on consent; pass only what the test is about. */
export function aCustomer(sketch: Sketch = {}): CustomerView {
  const { id = aCustomerId(1), today = TODAY, purchases = [{ ago: 10 }], consent = {}, score } = sketch;
  const at = '2026-01-01T09:00:00.000Z';
  return {
    id: id as CustomerId,
    today,
    aggregate: {
      ...nobody,
      history: { ...nobody.history, days: purchases.map((purchase) => dayOf(today, purchase)).sort(byDay) },
      consent: Object.fromEntries(
        Object.entries(consent).map(([channel, status]) => [channel, { status, at }]),
      ),
      ...sketch.aggregate,
    },
    score: score === undefined ? undefined : { asOf: '2026-03-30' as IsoDate, lifecycle: 'repeat', ...score },
  };
}

const dayOf = (today: Day, { ago, orders = 1, sales = 1_000, returns = 0 }: Purchase) => ({
  day: daysBefore(today, ago),
  orders,
  sales,
  returns,
});

const byDay = (a: { readonly day: Day }, b: { readonly day: Day }): number => a.day - b.day;

/** The id of the nth of many customers. */
export const aCustomerId = (n: number): CustomerId =>
  `member_${[...String(n)]
    .map((digit) => 'abcdefghij'[Number(digit)])
    .join('')
    .padStart(26, 'z')}` as CustomerId;
