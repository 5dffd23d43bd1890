import { describe, expect, it } from 'vitest';
import { combine, nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { difference } from '../../../../../shared/domain/customers/difference.ts';
import { fold, goodsOf, measure } from '../../../../../shared/domain/customers/measure.ts';
import { totalsOf } from '../../../../../shared/domain/customers/totals.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { anEvent, aReturn, aSale, profile } from '../../../../builders/an-event.ts';

const line = (category: string | undefined, quantity: number, unitPrice: number, discount = 0) => ({
  sku: 'X',
  quantity,
  unitPrice,
  discount,
  ...(category === undefined ? {} : { category }),
});

describe('a sale', () => {
  it('is one order of its store, its channel, and of each category once', () => {
    const sale = aSale(0, {
      data: {
        channel: 'web',
        lines: [line('tea', 1, 500), line('tea', 2, 300), line('ware', 1, 900, 100), line(undefined, 1, 50)],
      },
    });

    const aggregate = measure(sale);

    expect(aggregate.categories).toEqual({
      tea: { orders: 1, units: 3, net: 1_100 },
      ware: { orders: 1, units: 1, net: 800 },
    });
    expect(aggregate.stores).toEqual({ 'ams-01': { orders: 1, units: 5, net: 1_950 } });
    expect(aggregate.channels).toEqual({ web: { orders: 1, units: 5, net: 1_950 } });
    expect(aggregate).toMatchObject({ facts: { 'sale.recorded': 1 }, units: 5, discounts: 100 });
    expect(totalsOf(aggregate)).toMatchObject({ orders: 1, gross: 1_950, returned: 0, net: 1_950 });
  });

  it('adds weights without the dust of floating point', () => {
    const sale = aSale(0, { data: { lines: [line('tea', 0.001, 100), line('tea', 0.035, 100)] } });

    expect(measure(sale).units).toBe(0.036);
    expect(measure(sale).categories['tea']?.units).toBe(0.036);
  });

  it('in parts is one order and one fact, with the money of all parts', () => {
    const aggregate = fold(
      nobody,
      [1, 2, 3].map((part) => aSale(100, { data: { receipt: 'r', part } })),
    );

    expect(aggregate.facts).toEqual({ 'sale.recorded': 1 });
    expect(totalsOf(aggregate)).toMatchObject({ orders: 1, net: 300, units: 3 });
  });
});

describe('a return', () => {
  it('takes back goods and money where they were sold, and is no order', () => {
    const aggregate = fold(nobody, [aSale(1_000), aReturn(400)]);

    expect(aggregate.categories).toEqual({ tea: { orders: 1, units: 0, net: 600 } });
    expect(aggregate.facts).toEqual({ 'sale.recorded': 1, 'return.recorded': 1 });
    expect(totalsOf(aggregate)).toMatchObject({ orders: 1, gross: 1_000, returned: 400, net: 600, units: 0 });
  });

  it('without a sale leaves less than nothing', () => {
    const aggregate = measure(aReturn(400));

    expect(totalsOf(aggregate)).toEqual({
      orders: 0,
      gross: 0,
      returned: 400,
      net: -400,
      discounts: 0,
      units: -1,
    });
  });

  it('gives no minus zero, which JSON would not keep', () => {
    const aggregate = measure(aReturn(0));

    expect(JSON.parse(JSON.stringify(aggregate))).toEqual(aggregate);
  });
});

describe('other facts', () => {
  it('an adjustment is kept apart from sales', () => {
    const lines = [
      { sku: 'TEA', quantity: -3, unitPrice: 125 },
      { sku: 'DEBT', quantity: 1, unitPrice: -11_062.06 },
    ];

    const aggregate = measure(anEvent('adjustment.recorded', { data: { lines } }));

    expect(aggregate).toMatchObject({
      facts: { 'adjustment.recorded': 1 },
      adjustments: -375 - 11_062,
      units: 0,
    });
    expect(totalsOf(aggregate).net).toBe(0);
  });

  it('of two words on consent the later counts, and of two at once the withdrawal', () => {
    const said = (status: string, occurredAt: string) =>
      anEvent('consent.changed', { occurredAt, data: { channel: 'sms', status } });
    const [early, late] = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z'];

    expect(fold(nobody, [said('granted', late), said('withdrawn', early)]).consent).toEqual({
      sms: { status: 'granted', at: late },
    });
    expect(fold(nobody, [said('withdrawn', late), said('granted', late)]).consent.sms?.status).toBe(
      'withdrawn',
    );
    expect(fold(nobody, [said('granted', late), said('withdrawn', late)]).consent.sms?.status).toBe(
      'withdrawn',
    );
  });

  it('a member’s traits are the latest word of each, and of two at once always the same one', () => {
    const said = (language: string, occurredAt: string) =>
      anEvent('member.updated', { occurredAt, data: { language, homeStore: undefined } });
    const [early, late] = ['2026-03-01T10:00:00.000Z', '2026-03-02T10:00:00.000Z'];
    const enrolled = anEvent('member.enrolled', {
      occurredAt: early,
      data: { language: undefined, homeStore: 'ams-02' },
    });

    const aggregate = fold(nobody, [said('nl', late), said('de', early), enrolled]);

    expect(aggregate.traits).toEqual({
      language: { value: 'nl', at: late },
      homeStore: { value: 'ams-02', at: early },
    });
    expect(aggregate.enrolledAt).toBe(early);
    expect(fold(nobody, [said('nl', late), said('fr', late)]).traits).toEqual(
      fold(nobody, [said('fr', late), said('nl', late)]).traits,
    );
  });

  it('of two enrolments the first counts', () => {
    const at = (occurredAt: string) => anEvent('member.enrolled', { occurredAt });

    expect(fold(nobody, [at('2026-03-02T10:00:00.000Z'), at('2026-03-01T10:00:00.000Z')])).toMatchObject({
      facts: { 'member.enrolled': 2 },
      enrolledAt: '2026-03-01T10:00:00.000Z',
      firstSeen: '2026-03-01T10:00:00.000Z',
      lastSeen: '2026-03-02T10:00:00.000Z',
    });
  });

  it('profiles that came together are remembered once, in order', () => {
    const [phone, mail] = [profile('p', 'phone'), profile('e', 'email')];

    const aggregate = fold(nobody, [
      aSale(1, { linked: [phone, mail] }),
      aSale(1, { linked: [mail] }),
      aSale(1),
    ]);

    expect(Object.keys(aggregate.links)).toEqual([mail, phone]);
  });
});

describe('an event of a type that nobody knows', () => {
  it('is not passed over in silence', () => {
    expect(() => measure({ ...aSale(1), type: 'sale.imagined' } as never)).toThrow('sale.imagined');
  });
});

describe('signals', () => {
  const viewed = (n: number, type: 'page.viewed' | 'product.viewed' = 'page.viewed') =>
    anEvent(type, {
      id: `v${n}`,
      occurredAt: new Date(Date.parse('2026-03-01T10:00:00Z') + n * 1_000).toISOString(),
    });

  it('are counted by type with their last time, and are no facts', () => {
    const { signals, facts } = fold(nobody, [viewed(2), viewed(1, 'product.viewed'), viewed(0)]);

    expect(facts).toEqual({});
    expect(signals.tallies).toEqual({
      'page.viewed': { count: 2, last: '2026-03-01T10:00:02.000Z' },
      'product.viewed': { count: 1, last: '2026-03-01T10:00:01.000Z' },
    });
  });

  it.each(['product.added', 'cart.viewed', 'checkout.started', 'products.searched', 'action.taken'] as const)(
    'of every kind leave no fact and no money behind: %s',
    (type) => {
      const { signals, facts, history, units } = measure(anEvent(type, { id: 's1' }));

      expect([facts, history, units]).toEqual([{}, nobody.history, 0]);
      expect(signals.tallies[type]?.count).toBe(1);
    },
  );

  it('told again within memory count once, beyond it again', () => {
    const views = Array.from({ length: 33 }, (_, n) => viewed(n));
    const seen = fold(nobody, views);

    expect(seen.signals.recent).toHaveLength(32);
    expect(fold(seen, [viewed(32)]).signals).toEqual(seen.signals);
    expect(fold(seen, [viewed(0)]).signals.tallies['page.viewed']?.count).toBe(34);
  });

  it('of two parts are added, less what both remember', () => {
    const [a, b] = [fold(nobody, [viewed(0), viewed(1)]), fold(nobody, [viewed(1), viewed(2)])];

    expect(combine(a, b).signals.tallies['page.viewed']?.count).toBe(3);
    expect(combine(b, a)).toEqual(combine(a, b));
  });
});

describe('a history longer than is kept day by day', () => {
  const on = (date: string, amount: number) => aSale(amount, { occurredAt: `${date}T10:00:00.000Z` });

  it('keeps the sums and the order days of what left, exactly', () => {
    const aggregate = fold(nobody, [
      on('2024-01-01', 100),
      on('2026-03-01', 10),
      on('2024-01-02', 200),
      on('2025-03-01', 1),
    ]);

    expect(aggregate.history.days.map(({ day }) => day)).toEqual([
      dayFromIso('2025-03-01'),
      dayFromIso('2026-03-01'),
    ]);
    expect(aggregate.history.older).toEqual({
      orderDays: [
        { day: dayFromIso('2024-01-01'), orders: 1 },
        { day: dayFromIso('2024-01-02'), orders: 1 },
      ],
      orders: 2,
      sales: 300,
      returns: 0,
    });
    expect(totalsOf(aggregate)).toMatchObject({ orders: 4, gross: 311, lastDay: dayFromIso('2026-03-01') });
  });

  it('keeps 400 days: the day before leaves', () => {
    const kept = (first: string) => fold(nobody, [on('2026-03-01', 1), on(first, 1)]).history.days.length;

    expect([kept('2025-01-26'), kept('2025-01-25')]).toEqual([2, 1]);
  });

  it('knows the last order also where only a return is recent', () => {
    const back = aReturn(50, { occurredAt: '2026-03-01T10:00:00.000Z' });

    expect(totalsOf(fold(nobody, [on('2024-01-01', 100), back]))).toMatchObject({
      net: 50,
      lastDay: dayFromIso('2024-01-01'),
    });
  });
});

describe('what was paid with', () => {
  const tender = (...paid: readonly (readonly [string, number])[]) =>
    aSale(100, { data: { tender: paid.map(([kind, amount]) => ({ kind, amount })) } });

  it('is summed up by its kind, and is gone with the sale', () => {
    const sales = [tender(['card', 60], ['card', 30], ['cash', 10]), tender(['cash', 100], ['voucher', 0])];
    const state = fold(nobody, sales);

    expect(state.payments).toEqual({ card: 90, cash: 110 });
    expect(difference(state, measure(tender(['cash', 110]))).payments).toEqual({ card: 90 });
  });
});

describe('what hangs on its sale', () => {
  const named = { sale: { store: 'ams-01', terminal: '1', receipt: 'r-1' } };

  it('is a fact of whoever brought it, and changes no money by itself', () => {
    for (const event of [
      aReturn(400, { data: named }),
      anEvent('receipt.corrected'),
      anEvent('sale.voided'),
      anEvent('till.closed'),
    ]) {
      const aggregate = measure(event);

      expect(aggregate.facts).toEqual({ [event.type]: 1 });
      expect(totalsOf(aggregate)).toMatchObject({ orders: 0, gross: 0, returned: 0, units: 0 });
      expect([aggregate.stores, aggregate.payments]).toEqual([{}, {}]);
    }
  });

  it('counts money without goods against the store while its sale is away', () => {
    const back = aReturn(400, { data: { ...named, lines: undefined, whole: true, amount: 250 } });

    const aggregate = goodsOf(back);

    expect(totalsOf(aggregate)).toMatchObject({ orders: 0, returned: 250, net: -250, units: 0 });
    expect(aggregate.stores).toEqual({ 'ams-01': { orders: 0, units: 0, net: -250 } });
  });

  it('is no order where goods were only exchanged', () => {
    const taken = aSale(700, { data: { exchange: true } });

    expect(totalsOf(measure(taken))).toMatchObject({ orders: 0, gross: 700, units: 1 });
  });
});

describe('payments', () => {
  it('leave no name that comes to nothing', () => {
    const paid = (amount: number) => aSale(100, { data: { tender: [{ kind: 'voucher', amount }] } });

    expect(measure(paid(0)).payments).toEqual({});
    expect(measure(aSale(100, { data: { tender: undefined } })).payments).toEqual({});
  });
});

describe('what is about nobody, or moves no number', () => {
  it('leaves the record as it is', () => {
    const { facts, consent, signals } = measure(anEvent('stock.low'));

    expect([facts, consent, signals.recent]).toEqual([{}, {}, []]);
  });

  it('counts a coupon that was redeemed as a fact, and one that was shown as a signal', () => {
    expect(measure(anEvent('coupon.redeemed'))).toMatchObject({
      facts: { 'coupon.redeemed': 1 },
      signals: { recent: [] },
    });
    expect(measure(anEvent('coupon.shown')).signals.tallies).toMatchObject({ 'coupon.shown': { count: 1 } });
  });

  it('counts an objection as a fact', () => {
    expect(measure(anEvent('message.stopped')).facts).toEqual({ 'message.stopped': 1 });
  });
});
