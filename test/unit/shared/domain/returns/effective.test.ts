import { describe, expect, it } from 'vitest';
import { goodsOf } from '../../../../../shared/domain/customers/measure.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { effectiveSale, restatedBy, tracesOf } from '../../../../../shared/domain/returns/effective.ts';
import { type Correction, noCase } from '../../../../../shared/domain/returns/sale-case.ts';
import { anEvent, aSale, profile } from '../../../../builders/an-event.ts';

const corrected = (id: string, revision: number): Correction => ({
  subject: profile('bob'),
  event: anEvent('receipt.corrected', { id, profile: profile('bob'), data: { revision } }),
});

const standing = (...corrections: Correction[]): readonly string[] => {
  const sold = [{ subject: profile('ada'), event: aSale(500) }];
  return effectiveSale({ ...noCase, sold, corrections }).map(({ event }) => event.id);
};

describe('of several corrections of a sale', () => {
  it('the one of the highest revision stands, whichever came last', () => {
    const [low, high] = [corrected('z', 9), corrected('a', 10)];
    expect([standing(low, high), standing(high, low)]).toEqual([['a'], ['a']]);
  });

  it('the same one stands in any order where two have one revision', () => {
    const [one, other, third] = [corrected('a', 3), corrected('b', 3), corrected('c', 3)];
    const orders = [
      [one, other, third],
      [third, other, one],
      [other, third, one],
      [other, one, third],
    ];
    expect(orders.map((some) => standing(...some))).toEqual([['c'], ['c'], ['c'], ['c']]);
  });
});

describe('corrections that say the same', () => {
  const told = (id: string, revision: number, data: object = {}, frame: object = {}): Correction => ({
    subject: profile('bob'),
    event: anEvent('receipt.corrected', {
      id,
      profile: profile('bob'),
      ...frame,
      data: { revision, ...data },
    }),
  });
  const one = told('one', 1);

  it('are one for one record, the highest of them', () => {
    const same = told('same', 3, { reason: 'another', sequence: 9 });

    expect(restatedBy([told('second', 2), same, one])).toEqual(['second', 'one']);
    expect(restatedBy([one, same])).toEqual(['one']);
    expect(restatedBy([one, { ...same, subject: 'a till' }])).toEqual([]);
  });

  it.each([
    ['other goods', told('other', 2, { lines: [{ sku: 'MUG', quantity: 1, unitPrice: 5 }] })],
    ['another channel', told('other', 2, { channel: 'web' })],
    ['another customer', told('other', 2, {}, { profile: profile('ada') })],
    ['another day', told('other', 2, {}, { occurredAt: '2026-03-20T10:00:00.000Z' })],
  ])('are two where they say %s', (_what, other) => {
    expect(restatedBy([one, other])).toEqual([]);
  });
});

const day = (date: string) => `${date}T10:00:00.000Z`;
const sold = (who: string, data: Record<string, unknown> = {}) => ({
  subject: profile(who),
  event: aSale(500, { occurredAt: day('2026-03-01'), profile: profile(who), data }),
});
/** Told a day later, by a till that named somebody or nobody. */
function restated(who?: string, data: Record<string, unknown> = {}): Correction {
  const { profile: _ada, ...stranger } = anEvent('receipt.corrected', {
    occurredAt: day('2026-03-02'),
    data: { revision: 1, ...data },
  });
  return who === undefined
    ? { subject: 'till/2', event: stranger }
    : { subject: profile(who), event: { ...stranger, profile: profile(who) } };
}

describe('a sale in parts', () => {
  it('stands in the order of its parts, whichever came first', () => {
    const [one, two, three] = [sold('ada'), sold('ada', { part: 2 }), sold('ada', { part: 3 })];

    expect(effectiveSale({ ...noCase, sold: [two, three, one] })).toEqual([one, two, three]);
  });
});

describe('a correction', () => {
  const [sale] = [sold('ada')];
  const standingBy = (one: Correction) => effectiveSale({ ...noCase, sold: [sale], corrections: [one] });

  it('counts on the day of the sale, for whom it names, and as it was told', () => {
    const one = restated('bob');

    expect(standingBy(one)).toStrictEqual([
      { subject: profile('bob'), event: { ...one.event, day: sale.event.day } },
    ]);
  });

  it('that names nobody counts for who bought', () => {
    expect(standingBy(restated()).map(({ subject }) => subject)).toEqual([profile('ada')]);
  });

  it('stands as it is for a sale that has not come', () => {
    const one = restated('bob');

    expect(effectiveSale({ ...noCase, corrections: [one] })).toEqual([one]);
  });
});

describe('where a correction may have counted before more was known', () => {
  const parts = [sold('ada'), sold('cleo', { part: 2 })];
  const tracesBy = (...corrections: readonly Correction[]) =>
    tracesOf({ ...noCase, sold: parts, corrections }).map(([subject, { history, units }]) => ({
      subject,
      units,
      days: history.days,
    }));
  const nothing = (one: Correction) =>
    [parts[0]?.event, one.event].map((event) => ({ day: event?.day, orders: 0, sales: 0, returns: 0 }));

  it('it leaves its day and that of the sale with whom it names, and nothing on them', () => {
    const one = restated('bob');

    expect(tracesBy(one)).toEqual([{ subject: profile('bob'), units: 0, days: nothing(one) }]);
  });

  it('one that names nobody leaves them with everybody who bought, too', () => {
    const one = restated();

    expect(tracesBy(one)).toEqual(
      ['till/2', profile('ada'), profile('cleo')].map((subject) => ({
        subject,
        units: 0,
        days: nothing(one),
      })),
    );
  });
});

describe('a correction of what was taken in exchange', () => {
  const taken = { subject: profile('ada'), event: anEvent('sale.recorded', { data: { exchange: true } }) };
  const ordersOf = (exchange?: true): number => {
    const event = anEvent('receipt.corrected', { data: { revision: 1, ...(exchange && { exchange }) } });
    const sale = { ...noCase, sold: [taken], corrections: [{ subject: profile('ada'), event }] };
    return effectiveSale(sale).reduce((sum, { event: one }) => sum + totalsOf(goodsOf(one)).orders, 0);
  };

  it('is no order either where the sale was told as one', () => {
    const one = restated('ada', { exchange: true });
    const [standing] = effectiveSale({ ...noCase, sold: [sold('ada')], corrections: [one] });

    expect(standing?.event.data.exchange).toBe(true);
  });

  it('makes no order of it, whether or not it says so again', () => {
    expect([ordersOf(), ordersOf(true)]).toEqual([0, 0]);
  });
});
