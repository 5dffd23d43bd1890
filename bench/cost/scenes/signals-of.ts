import type { Random } from '../../../local/demo/random.ts';

/** Sixteen random bytes, as the libraries of shops and apps name their events. */
const uuid = (random: Random): string =>
  [8, 4, 4, 4, 12]
    .map((length) => Array.from({ length }, () => random.whole(0, 15).toString(16)).join(''))
    .join('-');

/** One thing that somebody looked at; twice as many pages as products. */
export const signalOf = (random: Random, ids: object, millis: number): object => ({
  id: uuid(random),
  occurredAt: new Date(millis).toISOString(),
  ids,
  ...(random.chance(2 / 3)
    ? { type: 'page.viewed', data: { path: `/shop/aisle-${random.whole(1, 60)}`, title: 'The shop' } }
    : {
        type: 'product.viewed',
        data: { sku: `SKU-${random.whole(1, 4_000)}`, category: `category-${random.whole(1, 24)}` },
      }),
});
