import { describe, expect, it } from 'vitest';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';
import { findTrait, traitNames } from '../../../../../shared/domain/segments/find-trait.ts';
import { keyedSpellings } from '../../../../../shared/domain/segments/keyed-traits.ts';
import { lead } from '../../../../../shared/domain/segments/samples.ts';
import { traits } from '../../../../../shared/domain/segments/traits.ts';
import { aCustomer, TODAY } from '../../../../builders/a-customer.ts';

const at = '2026-03-01T23:30:00.000Z';

const ada = aCustomer({
  purchases: [
    { ago: 100, orders: 2, sales: 5_000 },
    { ago: 30, orders: 1, sales: 2_001, returns: 500 },
    { ago: 3, orders: 0, sales: 0, returns: 1_000 },
  ],
  consent: { email: 'granted', sms: 'withdrawn' },
  aggregate: {
    units: 7.25,
    discounts: 150,
    enrolledAt: at,
    traits: { language: { value: 'nl', at }, homeStore: { value: 'ams-01', at } },
    categories: { fruit: { orders: 2, units: 3, net: 900 }, baby: { orders: 1, units: 1, net: 900 } },
    channels: { store: { orders: 3, units: 7.25, net: 5_501 }, web: { orders: 0, units: -1, net: -200 } },
    stores: { 'ams.01': { orders: 3, units: 7.25, net: 5_501 } },
    signals: {
      recent: [],
      tallies: {
        'page.viewed': { count: 9, last: '2026-03-20T10:00:00.000Z' },
        'product.viewed': { count: 4, last: '2026-03-29T10:00:00.000Z' },
        'message.opened': { count: 5, last: '2026-03-20T10:00:00.000Z' },
      },
      browsing: {
        viewed: {
          POT: { at: '2026-03-29T10:00:00.000Z', category: 'ware' },
          TEA: { at: '2026-03-28T10:00:00.000Z', category: 'tea' },
        },
        basket: { at: '2026-03-30T10:00:00.000Z', value: 450, quantities: { POT: 1 } },
      },
    },
    facts: { 'coupon.redeemed': 2 },
    feedback: {
      nps: { count: 2, sum: 12, score: 3, at: '2026-03-21T10:00:00.000Z' },
      ces: { count: 1, sum: 6, score: 6, at: '2026-03-21T10:00:00.000Z' },
    },
    tickets: { T1: { at: '2026-03-30T10:00:00.000Z', step: 'open' } },
    households: { 'H-1': { at: '2026-03-30T10:00:00.000Z', status: 'joined' } },
  },
  score: {
    lifecycle: 'loyal',
    tier: 'gold',
    rfm: { recency: 4, frequency: 5, monetary: 3, cell: 'champions' },
    value: { alive: 0.9, purchases: 6.5, spend: 2_000, lifetime: 3_900 },
    churn: { probability: 0.25, band: 'medium', reasons: [] },
  },
});

const valuesOf = (view: typeof ada) =>
  Object.fromEntries(Object.entries(traits).map(([name, trait]) => [name, trait.of(view)]));

describe('the traits of a customer', () => {
  it('are what the aggregate and the score add up to', () => {
    expect(valuesOf(ada)).toEqual({
      orders: 3,
      orderDays: 2,
      spent: 5_501,
      gross: 7_001,
      returned: 1_500,
      averageOrder: 1_834, // 5501 / 3 = 1833.67
      recencyDays: 30, // the return three days ago is no purchase
      ageDays: 100,
      rhythmDays: 70,
      units: 7.25,
      discounts: 150,
      favouriteChannel: 'store',
      favouriteStore: 'ams.01',
      favouriteCategory: 'baby', // of equal ones the first by name
      lifecycle: 'repeat', // of today, whatever the night before said
      tier: 'gold',
      'rfm.cell': 'champions',
      'rfm.recency': 4,
      'rfm.frequency': 5,
      'rfm.monetary': 3,
      'value.lifetime': 3_900,
      'value.purchases': 6.5,
      'churn.probability': 0.25,
      'churn.band': 'medium',
      'consent.email': 'granted',
      'consent.sms': 'withdrawn',
      enrolled: true,
      memberDays: 30,
      language: 'nl',
      homeStore: 'ams-01',
      'views.pages': 9,
      'views.products': 4,
      lastViewDays: 2,
      care: 'attention',
      stageDays: 30,
      nps: 3,
      csat: undefined,
      ces: 6,
      npsDays: 10,
      'tickets.open': 1,
      'complaints.open': 0,
      household: 'H-1',
      referred: false,
      'coupons.redeemed': 2,
      'cart.value': 450,
      'cart.days': 1,
      lastViewedCategory: 'ware',
      'messages.opened': 5,
      'messages.clicked': 0,
    });
  });

  it('of a lead are zero where they are sums, and otherwise have no value', () => {
    const known = Object.entries(valuesOf(lead)).filter(([, value]) => value !== undefined);

    expect(Object.fromEntries(known)).toEqual({
      orders: 0,
      orderDays: 0,
      spent: 0,
      gross: 0,
      returned: 0,
      units: 0,
      discounts: 0,
      lifecycle: 'lead',
      'consent.email': 'unknown',
      'consent.sms': 'unknown',
      enrolled: false,
      'views.pages': 0,
      'views.products': 0,
      care: 'normal',
      'tickets.open': 0,
      'complaints.open': 0,
      referred: false,
      'coupons.redeemed': 0,
      'messages.opened': 0,
      'messages.clicked': 0,
    });
  });

  it('that say that they always have a value have one, and only they', () => {
    for (const [name, trait] of Object.entries(traits)) {
      const always = 'always' in trait && trait.always;
      expect([name, trait.of(lead) !== undefined]).toEqual([name, always === true]);
    }
  });

  it('reach into the days that are no longer kept singly', () => {
    const older = {
      orderDays: [
        { day: (TODAY - 900) as Day, orders: 1 },
        { day: (TODAY - 500) as Day, orders: 2 },
      ],
      orders: 3,
      sales: 900,
      returns: 100,
    };
    const old = aCustomer({ aggregate: { history: { days: [], older } } });
    const back = aCustomer({ aggregate: { history: { days: ada.aggregate.history.days, older } } });

    expect([traits.recencyDays.of(old), traits.ageDays.of(old), traits.orderDays.of(old)]).toEqual([
      500, 900, 2,
    ]);
    expect([traits.orders.of(old), traits.spent.of(old)]).toEqual([3, 800]);
    expect([traits.recencyDays.of(back), traits.ageDays.of(back), traits.orderDays.of(back)]).toEqual([
      30, 900, 4,
    ]);
  });

  it('never lie in the future, whatever a clock says', () => {
    const ahead = aCustomer({
      purchases: [{ ago: -2 }],
      aggregate: { enrolledAt: '2026-04-02T00:00:00.000Z' },
    });

    expect([traits.recencyDays.of(ahead), traits.ageDays.of(ahead), traits.memberDays.of(ahead)]).toEqual([
      0, 0, 0,
    ]);
  });

  it('take the later of the last page and the last product', () => {
    const page = { count: 1, last: '2026-03-30T10:00:00.000Z' };
    const product = { count: 1, last: '2026-03-21T10:00:00.000Z' };
    const of = (tallies: typeof ada.aggregate.signals.tallies) =>
      traits.lastViewDays.of(aCustomer({ aggregate: { signals: { recent: [], tallies } } }));

    expect(of({ 'page.viewed': page, 'product.viewed': product })).toBe(1);
    expect(of({ 'page.viewed': page })).toBe(1);
    expect(of({ 'product.viewed': product })).toBe(10);
  });

  it('have no favourite where nothing is left after returns', () => {
    const back = aCustomer({ aggregate: { stores: { web: { orders: 1, units: 0, net: 0 } } } });

    expect(traits.favouriteStore.of(back)).toBeUndefined();
  });
});

describe('keyed traits', () => {
  it.each([
    ['store.ams.01.net', 5_501],
    ['store.ams.01.orders', 3],
    ['channel.web.units', -1],
    ['category.fruit.net', 900],
    ['store.rotterdam.net', 0],
    ['category.constructor.orders', 0],
  ])('%s is %d', (name, value) => {
    expect(findTrait(name)?.of(ada)).toBe(value);
  });

  it('are guessed around the key of a misspelt name, and only where there is a key', () => {
    expect(keyedSpellings('stores.ams.01.nett')).toContain('store.ams.01.net');
    expect(keyedSpellings('stores.ams.01.nett')).toHaveLength(9);
    expect(['orders', 'rfm.cel', 'store..net', ''].flatMap(keyedSpellings)).toEqual([]);
  });

  it('are listed by their form', () => {
    expect(traitNames).toContain('store.<name>.orders|units|net');
  });

  it.each(['store.net', 'shop.x.net', `store.${'x'.repeat(65)}.net`, 'store.x.', ''])(
    '%s is none',
    (name) => {
      expect(findTrait(name)).toBeUndefined();
    },
  );
});
