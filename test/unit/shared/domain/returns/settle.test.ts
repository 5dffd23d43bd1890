import { describe, expect, it } from 'vitest';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { noCase, type SaleCase } from '../../../../../shared/domain/returns/sale-case.ts';
import { settle } from '../../../../../shared/domain/returns/settle.ts';
import { anEvent, aSale, profile } from '../../../../builders/an-event.ts';

const [ada, bob] = [profile('ada'), profile('bob')];
const line = (sku: string, quantity: number, unitPrice: number, more: object = {}) => ({
  sku,
  quantity,
  unitPrice,
  category: sku.toLowerCase(),
  ...more,
});
const sold = (subject: string, lines: readonly object[], data: object = {}) => ({
  subject,
  event: aSale(0, { occurredAt: '2026-03-01T10:00:00.000Z', data: { store: 'ams-01', lines, ...data } }),
});
const back = (id: string, data: object, occurredAt = '2026-03-05T10:00:00.000Z') =>
  anEvent('return.recorded', { id, occurredAt, data: { store: 'ams-02', lines: undefined, ...data } });
const voided = (id: string, occurredAt: string) => anEvent('sale.voided', { id, occurredAt });

const settled = (some: Partial<SaleCase>) => settle({ ...noCase, ...some });
const undoneOf = (some: Partial<SaleCase>, subject: string = ada) => settled(some).undone.get(subject);
const claimsOf = (some: Partial<SaleCase>) => settled(some).exception?.claims;

describe('nothing but a sale', () => {
  it('leaves nothing to undo, to wait for or to look at', () => {
    expect(settled({ sold: [sold(ada, [line('TEA', 1, 500)])] })).toEqual({
      undone: new Map(),
      waiting: nobody,
      exception: undefined,
    });
  });
});

describe('a return', () => {
  it('counts on its day against the store, channel and category that sold, with its part of the discount', () => {
    const sale = sold(ada, [line('TEA', 2, 500, { discount: 100 })], { channel: 'web' });

    const undone = undoneOf({ sold: [sale], returns: [back('r', { lines: [line('TEA', 1, 450)] })] });

    const share = { orders: 0, units: -1, net: -450 };
    expect(undone).toMatchObject({ units: -1, discounts: -50 });
    expect(undone).toMatchObject({
      categories: { tea: share },
      channels: { web: share },
      stores: { 'ams-01': share },
    });
    expect(undone?.history.days).toEqual([
      {
        day: back('r', { whole: true, sale: { store: 's', receipt: '1' } }).day,
        orders: 0,
        sales: 0,
        returns: 450,
      },
    ]);
  });

  it('of goods without a category touches none', () => {
    const sale = sold(ada, [line('BAG', 1, 10, { category: undefined })]);

    expect(
      undoneOf({ sold: [sale], returns: [back('r', { lines: [line('BAG', 1, 10)] })] })?.categories,
    ).toEqual({});
  });

  it('leaves its day with everybody who sold, and takes from whose part it was', () => {
    const parts = [sold(ada, [line('TEA', 1, 500)]), sold(bob, [line('MUG', 1, 700)], { part: 2 })];
    const known = { sold: parts, returns: [back('r', { lines: [line('MUG', 1, 700)] })] };

    expect([ada, bob].map((one) => undoneOf(known, one)?.history.days)).toMatchObject([
      [{ returns: 0 }],
      [{ returns: 700 }],
    ]);
  });

  it('that happened first has the goods, of two in one instant the one whose id comes first', () => {
    const sale = [sold(ada, [line('TEA', 1, 500)])];
    const [early, late] = ['2026-03-04T10:00:00.000Z', '2026-03-06T10:00:00.000Z'];
    const one = (id: string, at?: string) => back(id, { lines: [line('TEA', 1, 500)] }, at);

    expect(claimsOf({ sold: sale, returns: [one('a', late), one('b', early)] })).toMatchObject([{ id: 'a' }]);
    expect(claimsOf({ sold: sale, returns: [one('b'), one('a')] })).toMatchObject([{ id: 'b' }]);
    expect(claimsOf({ sold: sale, returns: [one('a'), one('b')] })).toMatchObject([{ id: 'b' }]);
  });

  it('of money alone waits for what goods take, whenever it happened', () => {
    const money = back('m', { amount: 300, sale: { store: 's', receipt: '1' } }, '2026-03-02T10:00:00.000Z');
    const goods = back('g', { lines: [line('TEA', 1, 500)] });

    expect(claimsOf({ sold: [sold(ada, [line('TEA', 1, 500)])], returns: [money, goods] })).toEqual([
      { id: 'm', units: 0, amount: 300 },
    ]);
  });

  it('of the whole sale takes what others left, its amount but once', () => {
    const whole = back('w', { whole: true, amount: 600, sale: { store: 's', receipt: '1' } });
    const goods = back('g', { lines: [line('TEA', 1, 500)] }, '2026-03-04T10:00:00.000Z');
    const known = { sold: [sold(ada, [line('TEA', 1, 500), line('MUG', 1, 700)])], returns: [whole, goods] };

    expect(settled(known).exception).toBeUndefined();
    expect(totalsOf(undoneOf(known) ?? nobody)).toMatchObject({ units: -2, returned: 1_100 });
  });
});

describe('of a sale that has not come', () => {
  it('returns wait at their own amounts, and are shown in the order in which they happened', () => {
    const returns = [
      back('late', { lines: [line('TEA', 1, 500)] }, '2026-03-06T10:00:00.000Z'),
      back('early', { amount: 30, sale: { store: 's', receipt: '1' } }, '2026-03-04T10:00:00.000Z'),
    ];
    const { waiting, exception, undone } = settled({
      returns,
      voids: [voided('v', '2026-03-02T10:00:00.000Z')],
    });

    expect(totalsOf(waiting)).toMatchObject({ orders: 0, returned: 530, units: -1 });
    expect(waiting.stores).toEqual({ 'ams-02': { orders: 0, units: -1, net: -530 } });
    expect(undone).toEqual(new Map());
    expect(exception).toEqual({
      kind: 'return-without-sale',
      since: '2026-03-04T10:00:00.000Z',
      amount: 530,
      claims: [
        { id: 'early', amount: 30 },
        { id: 'late', amount: 500 },
      ],
    });
  });

  it('a void is shown, the first one first', () => {
    const voids = [voided('b', '2026-03-03T10:00:00.000Z'), voided('a', '2026-03-02T10:00:00.000Z')];

    expect(settled({ voids })).toEqual({
      undone: new Map(),
      waiting: nobody,
      exception: {
        kind: 'void-without-sale',
        since: '2026-03-02T10:00:00.000Z',
        amount: 0,
        claims: [{ id: 'a' }, { id: 'b' }],
      },
    });
  });

  it('nothing is known, and nothing is to be done', () => {
    expect(settled({}).exception).toBeUndefined();
  });

  it('a correction stands for it, and returns find their goods', () => {
    const event = anEvent('receipt.corrected', { data: { revision: 1, lines: [line('TEA', 1, 500)] } });
    const known = {
      corrections: [{ subject: ada, event }],
      returns: [back('r', { lines: [line('TEA', 1, 500)] })],
    };

    expect(settled(known)).toMatchObject({ waiting: nobody, exception: undefined });
    expect(totalsOf(undoneOf(known) ?? nobody)).toMatchObject({
      orders: 1,
      gross: 500,
      returned: 500,
      net: 0,
    });
  });
});

describe('a sale that was voided', () => {
  it('leaves nothing, and what came back of it is an excess', () => {
    const known = {
      sold: [sold(ada, [line('TEA', 1, 500)])],
      returns: [back('r', { lines: [line('TEA', 1, 500)] })],
      voids: [voided('v', '2026-03-09T10:00:00.000Z')],
    };

    expect(totalsOf(undoneOf(known) ?? nobody)).toMatchObject({
      orders: -1,
      gross: -500,
      returned: 0,
      units: -1,
    });
    expect(settled(known).exception).toMatchObject({
      kind: 'over-return',
      claims: [{ id: 'r', sku: 'TEA', units: 1, amount: 500 }],
    });
  });
});

describe('a return that was voided', () => {
  const numbered = (id: string, receipt: string, at?: string) =>
    back(id, { receipt, lines: [line('TEA', 1, 500)], sale: { store: 'ams-01', receipt: '7' } }, at);
  const gone = numbered('gone', 'r-1');
  const later = numbered('later', 'r-2', '2026-03-06T10:00:00.000Z');
  const returnVoids = [anEvent('sale.voided', { id: 'v', data: { ...gone.data } })];
  const sale = [sold(ada, [line('TEA', 1, 500)])];

  it('undoes nothing, and leaves its goods to another', () => {
    const known = { sold: sale, returns: [gone, later], returnVoids };

    expect(totalsOf(undoneOf(known) ?? nobody)).toMatchObject({ orders: 0, returned: 500, units: -1 });
    expect(undoneOf(known)?.history.days).toMatchObject([{ returns: 0 }, { returns: 500 }]);
    expect(settled(known).exception).toBeUndefined();
    expect(settled({ ...known, returnVoids: [] }).exception).toMatchObject({ claims: [{ id: 'later' }] });
  });

  it('leaves its day with whoever sold, as it would have had it been voided later', () => {
    expect(undoneOf({ sold: sale, returns: [gone], returnVoids })?.history.days).toMatchObject([
      { day: gone.day, orders: 0, returns: 0 },
    ]);
  });

  it('waits for no sale, while others do', () => {
    expect(settled({ returns: [gone], returnVoids })).toEqual(settled({}));
    expect(totalsOf(settled({ returns: [gone, later], returnVoids }).waiting).returned).toBe(500);
  });

  it('without a sale is taken from whoever brought it, with what was taken in exchange', () => {
    const { sale: _unnamed, ...data } = gone.data;
    const refunds = [{ subject: bob, event: { ...gone, data } }];
    const voids = [voided('v', '2026-03-09T10:00:00.000Z')];

    expect(settled({ refunds })).toEqual(settled({}));
    expect(settled({ refunds, voids }).exception).toBeUndefined();
    expect(totalsOf(undoneOf({ refunds, voids }, bob) ?? nobody)).toMatchObject({ returned: -500, units: 1 });
    const exchange = { sold: sale, refunds, voids };
    expect([ada, bob].map((one) => totalsOf(undoneOf(exchange, one) ?? nobody).net)).toEqual([-500, 500]);
  });

  it('with a sale is taken from that, and not a second time from whoever brought it', () => {
    const voids = [voided('v', '2026-03-09T10:00:00.000Z')];

    expect(settled({ refunds: [{ subject: bob, event: gone }], voids })).toEqual(settled({}));
  });
});

describe('a sale that was corrected', () => {
  const event = anEvent('receipt.corrected', {
    profile: bob,
    data: { store: 'ams-01', revision: 1, lines: [line('TEA', 1, 400)] },
  });
  const known = { sold: [sold(ada, [line('TEA', 1, 500)])], corrections: [{ subject: bob, event }] };

  it('is taken from who bought and given to whom the correction names, on the day of the sale', () => {
    expect(totalsOf(undoneOf(known) ?? nobody)).toMatchObject({ orders: -1, gross: -500 });
    expect(totalsOf(undoneOf(known, bob) ?? nobody)).toMatchObject({ orders: 1, gross: 400 });
    expect(undoneOf(known, bob)?.history.days.find(({ orders }) => orders === 1)?.day).toBe(
      known.sold[0]?.event.day,
    );
  });

  it('leaves days of nothing where it may have counted before more was known', () => {
    expect(undoneOf(known, bob)?.history.days).toMatchObject([
      { orders: 1, sales: 400 },
      { orders: 0, sales: 0 },
    ]);
  });
});
