import { isValidPhoneNumber } from 'libphonenumber-js';
import { describe, expect, it } from 'vitest';
import { OFFLINE_TILL } from '../../../../local/demo/arrival.ts';
import { atMinute } from '../../../../local/demo/calendar.ts';
import { isSale, openingHours } from '../../../../local/demo/demand.ts';
import { demoYear } from '../../../../local/demo/demo-year.ts';
import { replenished } from '../../../../local/demo/goods.ts';
import { shops, ZONE } from '../../../../local/demo/shops.ts';
import { readEvent } from '../../../../shared/domain/events/read-event.ts';
import type { RawEvent } from '../../../../shared/domain/import/raw-event.ts';
import { calendar, type Day, dayFromIso, daysBefore } from '../../../../shared/domain/kernel/day.ts';

const LAST = '2026-10-31';
const last = dayFromIso(LAST);
const arrived = [...demoYear({ seed: 20_260_101, lastDay: LAST })];
const dayOf = calendar(ZONE);

const nameOf = (event: RawEvent): string => event.id ?? readEvent(event).naturalKey ?? '';
const once = [...new Map(arrived.map((event) => [nameOf(event), event])).values()];
const ofType = <T extends RawEvent['type']>(type: T) =>
  once.filter((event): event is Extract<RawEvent, { type: T }> => event.type === type);

const sales = ofType('sale.recorded');
const returns = ofType('return.recorded');
const byStrangers = sales.filter(({ ids }) => Object.keys(ids ?? {}).length === 0);
const share = (part: readonly unknown[], whole: readonly unknown[]): number => part.length / whole.length;
const within = (value: number, low: number, high: number): void => {
  expect(value).toBeGreaterThanOrEqual(low);
  expect(value).toBeLessThanOrEqual(high);
};

describe('the demo year', () => {
  it('is byte for byte the same for the same seed', () => {
    const options = { seed: 7, lastDay: LAST, customers: 80 };

    expect(JSON.stringify([...demoYear(options)])).toBe(JSON.stringify([...demoYear(options)]));
    expect(JSON.stringify([...demoYear({ ...options, seed: 8 })])).not.toBe(
      JSON.stringify([...demoYear(options)]),
    );
  });

  it('holds only events that are taken at the door', () => {
    for (const event of arrived) expect(() => readEvent(event)).not.toThrow();
  });

  it('ends on its last day and, but for old memberships, begins a year before', () => {
    const lived = once.filter(({ type }) => type !== 'member.enrolled' && type !== 'consent.changed');
    const days = lived.map(({ occurredAt }) => dayOf(occurredAt));

    expect(Math.max(...days)).toBe(last);
    expect(Math.min(...days)).toBe(daysBefore(last, 364));
    expect(Math.max(...once.map(({ occurredAt }) => dayOf(occurredAt)))).toBe(last);
  });

  it('has the size of a small retailer', () => {
    expect(ofType('member.enrolled')).toHaveLength(2_500);
    within(sales.length + returns.length, 13_500, 16_500);
    within(byStrangers.length, 1_080, 1_320);
    within(share(returns, sales), 0.03, 0.06);
    within(ofType('page.viewed').length + ofType('product.viewed').length, 6_000, 14_000);
  });

  it('grows with the number of its members', () => {
    const small = [...demoYear({ seed: 1, lastDay: LAST, customers: 250 })].filter(
      ({ type }) => type === 'sale.recorded',
    );

    within(small.length / sales.length, 0.07, 0.14);
  });
});

describe('the shops of the demo', () => {
  it('sell in four stores and on the web', () => {
    const places = new Set(sales.map(({ data }) => data.store));

    expect(places).toEqual(new Set([...shops.map(({ id }) => id), 'web']));
    within(
      share(
        sales.filter(({ data }) => data.channel === 'web'),
        sales,
      ),
      0.1,
      0.25,
    );
  });

  it('are not open at night, on holidays and on some Sundays', () => {
    for (const { occurredAt, data } of [...sales, ...returns]) {
      const shop = shops.find(({ id }) => id === data.store);
      if (shop === undefined) continue;
      const day = dayOf(occurredAt);
      const hours = openingHours(shop, day);
      expect(hours).toBeDefined();
      expect(Date.parse(occurredAt)).toBeGreaterThanOrEqual(atMinute(day, hours?.from ?? 0));
      expect(Date.parse(occurredAt)).toBeLessThan(atMinute(day, hours?.to ?? 0));
    }
  });

  it('sell toys before Christmas and pools in summer', () => {
    const monthly = (category: string, month: string): number =>
      sales.filter(
        ({ occurredAt, data }) =>
          occurredAt.slice(5, 7) === month && data.lines.some((line) => line.category === category),
      ).length;

    expect(monthly('toys', '12')).toBeGreaterThan(3 * monthly('toys', '03'));
    expect(monthly('outdoor', '07')).toBeGreaterThan(5 * monthly('outdoor', '01'));
    within(monthly('milk', '12') / monthly('milk', '05'), 0.8, 2.4);
  });

  it('are fullest on Saturday and reduce prices in the weeks of sale', () => {
    const on = (weekday: number) => sales.filter(({ occurredAt }) => (dayOf(occurredAt) + 4) % 7 === weekday);
    const reduced = (inSale: boolean) => {
      const lines = sales
        .filter(({ occurredAt }) => isSale(dayOf(occurredAt)) === inSale)
        .flatMap(({ data }) => data.lines);
      return share(
        lines.filter(({ discount = 0 }) => discount > 0),
        lines,
      );
    };

    expect(on(6).length).toBeGreaterThan(1.5 * on(2).length);
    within(reduced(true), 0.35, 0.55);
    within(reduced(false), 0, 0.06);
  });

  it('write receipts of rising numbers, till by till', () => {
    const byTime = [...sales, ...returns].sort((a, b) => (a.occurredAt < b.occurredAt ? -1 : 1));
    const tills = new Map<string, number>();
    for (const { data } of byTime) {
      const till = `${data.store}/${data.terminal}`;
      const number = Number(data.receipt);
      expect(number).toBe((tills.get(till) ?? number - 1) + 1);
      tills.set(till, number);
    }
    expect(tills.size).toBe(9);
  });

  it('take goods back, mostly with the receipt', () => {
    const sold = new Map(
      sales.map((sale) => [`${sale.data.store}/${sale.data.terminal}/${sale.data.receipt}`, sale]),
    );
    const known = returns.flatMap((back) => {
      const { sale } = back.data;
      return sale === undefined
        ? []
        : [{ back, sale: sold.get(`${sale.store}/${sale.terminal}/${sale.receipt}`) }];
    });

    within(share(known, returns), 0.6, 0.8);
    for (const { back, sale } of known) {
      expect(sale?.data.lines).toContainEqual(back.data.lines?.[0]);
      expect(sale?.ids).toEqual(back.ids);
      expect(Date.parse(back.occurredAt)).toBeGreaterThan(Date.parse(sale?.occurredAt ?? ''));
    }
  });
});

describe('the people of the demo', () => {
  const enrolled = ofType('member.enrolled');
  const consents = ofType('consent.changed');

  it('have addresses and numbers that reach nobody, and each their own', () => {
    const emails = enrolled.flatMap(({ ids }) => ids?.email ?? []);
    const phones = enrolled.flatMap(({ ids }) => ids?.phone ?? []);

    within(share(emails, enrolled), 0.75, 0.95);
    within(share(phones, enrolled), 0.55, 0.8);
    expect(new Set(emails).size).toBe(emails.length);
    expect(new Set(phones).size).toBe(phones.length);
    for (const email of emails) expect(email).toMatch(/^[a-z]+\.[a-z]+\d+@example\.(com|org|net)$/);
    for (const phone of phones) expect(phone).toMatch(/^\+3363998\d{4}$/);
    for (const phone of phones) expect(isValidPhoneNumber(phone)).toBe(true);
    expect(enrolled.every(({ ids }) => ids?.email !== undefined || ids?.phone !== undefined)).toBe(true);
  });

  it('speak several languages', () => {
    expect(new Set(enrolled.map(({ data }) => data.language))).toEqual(new Set(['nl', 'fr', 'en', 'de']));
  });

  it('often allow to be written to, and some take it back', () => {
    const granted = consents.filter(({ data }) => data.status === 'granted');
    const byEmail = granted.filter(({ data }) => data.channel === 'email');

    within(share(byEmail, enrolled), 0.5, 0.75);
    within(
      share(
        granted.filter(({ data }) => data.channel === 'sms'),
        enrolled,
      ),
      0.2,
      0.4,
    );
    within((consents.length - granted.length) / granted.length, 0.03, 0.1);
  });

  it('are known by the browser of their first visit once they join', () => {
    const views = ofType('page.viewed');
    const joined = new Map(
      enrolled.flatMap(({ ids, occurredAt }) =>
        ids?.device === undefined ? [] : [[ids.device, occurredAt] as const],
      ),
    );
    const shortlyBefore = views.filter(({ ids, occurredAt }) => {
      const joins = joined.get(ids?.device ?? '');
      const days = joins === undefined ? 0 : dayOf(joins) - dayOf(occurredAt);
      return days >= 1 && days <= 6;
    });
    const everKnown = new Set(
      once.flatMap(({ ids }) =>
        ids?.member !== undefined || ids?.email !== undefined ? (ids.device ?? []) : [],
      ),
    );

    within(shortlyBefore.length / joined.size, 0.3, 0.8);
    within(
      share(
        views.filter(({ ids }) => !everKnown.has(ids?.device ?? '')),
        views,
      ),
      0.1,
      0.45,
    );
  });

  it('come back for what they need again and again', () => {
    const gaps = sales.flatMap(({ ids, occurredAt, data }) =>
      ids?.member !== undefined && data.lines.some(({ sku }) => sku === 'MILK-900')
        ? [{ member: ids.member, day: dayOf(occurredAt) }]
        : [],
    );
    const byMember = Map.groupBy(gaps, ({ member }) => member);
    const lengths = [...byMember.values()].flatMap((own) => {
      const days = own.map(({ day }) => day).sort((a, b) => a - b);
      return days.length < 5 ? [] : days.slice(1).map((day, index) => day - (days[index] ?? day));
    });
    const lasts = replenished.find(({ sku }) => sku === 'MILK-900')?.lasts ?? 0;

    expect(lengths.length).toBeGreaterThan(100);
    within(median(lengths) / lasts, 0.7, 1.3);
  });

  it('leave for good, so that who has been silent for long seldom returns', () => {
    const cutoff = daysBefore(last, 90);
    const days = Map.groupBy(
      sales.filter(({ ids }) => ids?.member !== undefined),
      ({ ids }) => ids?.member,
    );
    const regulars = [...days.values()]
      .map((own) => own.map(({ occurredAt }) => dayOf(occurredAt)))
      .filter((own) => own.filter((day) => day <= cutoff).length >= 3);
    const returning = (group: readonly (readonly Day[])[]) =>
      share(
        group.filter((own) => own.some((day) => day > cutoff)),
        group,
      );
    const silentFor = (own: readonly Day[]): number =>
      cutoff - Math.max(...own.filter((day) => day <= cutoff));
    const recent = regulars.filter((own) => silentFor(own) <= 30);
    const silent = regulars.filter((own) => silentFor(own) > 90);

    expect(Math.min(recent.length, silent.length)).toBeGreaterThan(50);
    expect(returning(recent)).toBeGreaterThan(1.8 * returning(silent));
    within(returning(recent), 0.6, 0.95);
  });
});

describe('the way the demo arrives', () => {
  it('has some told twice', () => {
    within((arrived.length - once.length) / once.length, 0.01, 0.03);
  });

  it('has most in order and some late', () => {
    let latest = '';
    const late = arrived.filter(({ occurredAt }) => {
      const behind = latest !== '' && Date.parse(occurredAt) < Date.parse(latest) - 3_600_000;
      if (occurredAt > latest) latest = occurredAt;
      return behind;
    });

    within(share(late, arrived), 0.02, 0.06);
  });

  it('has two days of one till at once, newest first and twice', () => {
    const from = daysBefore(last, OFFLINE_TILL.daysBeforeTheEnd);
    const isTills = ({ type, data, occurredAt }: RawEvent): boolean =>
      type === 'sale.recorded' &&
      data['store'] === OFFLINE_TILL.store &&
      data['terminal'] === OFFLINE_TILL.terminal &&
      dayOf(occurredAt) >= from &&
      dayOf(occurredAt) < from + OFFLINE_TILL.days;
    const places = arrived.flatMap((event, index) => (isTills(event) ? [index] : []));
    const told = places.map((place) => arrived[place]?.occurredAt ?? '');
    const half = told.length / 2;

    expect(half).toBeGreaterThan(3);
    expect(told.slice(0, half)).toEqual(told.slice(0, half).sort().reverse());
    expect(told.slice(half)).toEqual(told.slice(0, half));
    const justBefore = arrived.slice((places[0] ?? 0) - 20, places[0]);
    expect(Math.max(...justBefore.map(({ occurredAt }) => dayOf(occurredAt)))).toBeGreaterThanOrEqual(
      from + 1,
    );
  });
});

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
