import { describe, expect, it } from 'vitest';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { cartOf, lastViewed } from '../../../../../shared/domain/customers/browsing.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { anEvent, aSale } from '../../../../builders/an-event.ts';

const at = (minute: number): string =>
  new Date(Date.parse('2026-03-14T10:00:00Z') + minute * 60_000).toISOString();
const adds = (minute: number, sku: string, unitPrice = 100, quantity = 1) =>
  anEvent('product.added', { occurredAt: at(minute), data: { sku, unitPrice, quantity } });
const shows = (minute: number, ...skus: readonly string[]) =>
  anEvent('cart.viewed', {
    occurredAt: at(minute),
    data: { lines: skus.map((sku) => ({ sku, unitPrice: 100 })) },
  });
const goesToPay = (minute: number, value: number, sku: string) =>
  anEvent('checkout.started', { occurredAt: at(minute), data: { value, lines: [{ sku }] } });
const buys = (minute: number) => aSale(500, { occurredAt: at(minute) });
const views = (minute: number, sku: string, category?: string) =>
  anEvent('product.viewed', { occurredAt: at(minute), data: { sku, category } });

/** What is known of somebody, in both orders of arrival: they must not differ. */
function known(...events: readonly AcceptedEvent[]) {
  const state = fold(nobody, events);
  expect(fold(nobody, events.toReversed())).toEqual(state);
  return state;
}

function cart(...events: readonly AcceptedEvent[]) {
  const { signals, boughtAt } = known(...events);
  const found = cartOf(signals.browsing, boughtAt);
  return (
    found && {
      at: found.at,
      value: found.value,
      skus: found.lines.map(({ sku, quantity }) => `${quantity} ${sku}`).sort(),
    }
  );
}

describe('a basket', () => {
  it('is what was put into it', () => {
    expect(cart(adds(1, 'TEA', 250, 2), adds(2, 'MUG', 900))).toEqual({
      at: at(2),
      value: 1_400,
      skus: ['1 MUG', '2 TEA'],
    });
  });

  it('is as it was shown last, and what came after', () => {
    expect(cart(adds(1, 'POT'), shows(2, 'TEA', 'TEA'), adds(3, 'TEA'))).toEqual({
      at: at(3),
      value: 300,
      skus: ['3 TEA'],
    });
  });

  it('is worth what there was to pay, and stays when nobody paid', () => {
    expect(cart(goesToPay(1, 777, 'TEA'))).toEqual({ at: at(1), value: 777, skus: ['1 TEA'] });
  });

  it.each([
    ['bought', buys(5)],
    ['emptied', shows(5)],
  ])('is empty when it was %s', (_how, event) => {
    expect(cart(adds(1, 'TEA'), shows(2, 'TEA'), event)).toBeUndefined();
  });

  it('is new after a sale', () => {
    expect(cart(shows(1, 'TEA'), buys(2), adds(3, 'MUG', 900))).toEqual({
      at: at(3),
      value: 900,
      skus: ['1 MUG'],
    });
  });

  it('of a hundred products keeps ten and the value of all', () => {
    const skus = Array.from({ length: 100 }, (_, n) => `S-${n}`);

    const { value, skus: kept } = cart(shows(1, ...skus)) ?? {};

    expect([value, kept?.length]).toEqual([10_000, 10]);
  });
});

describe('products that were looked at', () => {
  it('are the last ten, each once, the last one first', () => {
    const { signals } = known(
      ...Array.from({ length: 12 }, (_, n) => views(n, `S-${n}`)),
      views(20, 'S-5', 'tea'),
    );

    const seen = lastViewed(signals.browsing);

    expect(seen.map(({ sku }) => sku)).toEqual([
      'S-5',
      ...[11, 10, 9, 8, 7, 6, 4, 3, 2].map((n) => `S-${n}`),
    ]);
    expect(seen[0]).toEqual({ sku: 'S-5', at: at(20), category: 'tea' });
  });
});

describe('the last search', () => {
  const searches = (minute: number, query: string) =>
    anEvent('products.searched', { occurredAt: at(minute), data: { query } });

  it.each(['ada.vermeer@example.com', 'order of +31 6 1234-5678', '0612345678'])(
    'is not one for a person’s address or number: %s',
    (query) => {
      const { browsing, tallies } = known(searches(2, query), searches(1, 'milk 900 g')).signals;

      expect(browsing?.searched).toEqual({ at: at(1), query: 'milk 900 g' });
      expect(tallies['products.searched']?.count).toBe(2);
    },
  );

  it('is kept up to 64 characters', () => {
    expect(known(searches(2, 'x'.repeat(200)), searches(1, 'tea')).signals.browsing?.searched).toEqual({
      at: at(2),
      query: 'x'.repeat(64),
    });
  });
});

describe('messages that others sent', () => {
  it('are counted by what became of them', () => {
    const moves = (minute: number, kind: string) =>
      anEvent('message.feedback', { occurredAt: at(minute), data: { kind } });

    const { signals } = known(moves(1, 'delivered'), moves(2, 'opened'), moves(3, 'opened'));

    expect(signals.tallies).toEqual({
      'message.delivered': { count: 1, last: at(1) },
      'message.opened': { count: 2, last: at(3) },
    });
  });
});

describe('what little a shop tells', () => {
  it('is one piece of no known price where it names the product alone', () => {
    const added = anEvent('product.added', {
      occurredAt: at(1),
      data: { quantity: undefined, unitPrice: undefined },
    });

    expect(cart(added)).toMatchObject({ value: 0, skus: [`1 ${added.data.sku}`] });
  });

  it('leaves the basket as it was where it shows it without its lines', () => {
    const wordless = anEvent('cart.viewed', { occurredAt: at(5), data: { lines: undefined } });

    expect(cart(adds(1, 'TEA'), wordless)).toMatchObject({ at: at(1), skus: ['1 TEA'] });
  });

  it('is nothing of somebody who was never seen in the shop', () => {
    expect([cartOf(undefined), lastViewed(undefined)]).toEqual([undefined, []]);
  });

  it('has one order also where two products were looked at in one moment', () => {
    const { signals } = known(views(1, 'TEA'), views(1, 'MUG'), views(1, 'POT'));

    expect(lastViewed(signals.browsing).map(({ sku }) => sku)).toEqual(['MUG', 'POT', 'TEA']);
  });
});
