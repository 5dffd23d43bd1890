import { describe, expect, it } from 'vitest';
import { progressOf } from '../../../../../shared/application/sources/poll-progress.ts';
import { type PolledShop, pollShops } from '../../../../../shared/application/sources/poll-shops.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { type Shop, ShopFailed, type ShopMessage } from '../../../../../shared/ports/shop.ts';
import type { Table } from '../../../../../shared/ports/table.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

const NOON = '2026-03-15T12:00:00.000Z';
const SINCE = '2026-03-15T00:00:00.000Z';

interface Asked {
  readonly since: string;
  readonly page: string | undefined;
}

/** A shop of so many pages with a message each, named by the page. */
function aShop(pages: number, broken: (asked: Asked) => void = () => {}) {
  const asked: Asked[] = [];
  const shop: Shop = {
    changed: async (_access, since, page) => {
      asked.push({ since, page });
      broken({ since, page });
      const number = Number(page ?? 1);
      return {
        messages: [{ topic: 'orders/updated', body: number }],
        next: number < pages ? String(number + 1) : undefined,
      };
    },
  };
  return { shop, asked };
}

const polled = (id: string, kind: 'shopify' | 'square' = 'shopify'): PolledShop => ({
  source: { id, kind, store: 'web', enabled: true },
  since: SINCE,
  access: async () => ({ origin: 'https://shop.example', credentials: {} }),
});

function aPoll(shop: Shop, take?: (source: unknown, message: ShopMessage) => Promise<void>) {
  const machine = memoryMachine();
  const taken: unknown[] = [];
  const deps = {
    table: machine.table,
    clock: machine.clock,
    clients: { shopify: shop, square: shop, woocommerce: shop },
    take: take ?? (async (_source: unknown, { body }: ShopMessage) => void taken.push(body)),
    patience: 60_000,
  };
  const progress = () => progressOf(machine.table, keys.shopPollProgress('my-shop'));
  return { deps, poll: pollShops(deps), taken, progress, setClock: machine.setClock };
}

describe('a shop that is asked what changed', () => {
  it('is taken page by page, and asked next for what changed since, and a little before', async () => {
    const { shop, asked } = aShop(3);
    const { poll, taken, progress, setClock } = aPoll(shop);

    expect(await poll([polled('my-shop')])).toEqual([{ id: 'my-shop', messages: 3 }]);

    expect(taken).toEqual([1, 2, 3]);
    expect(asked.map(({ since }) => since)).toEqual([SINCE, SINCE, SINCE]);
    expect(await progress()).toEqual({ since: '2026-03-15T11:45:00.000Z', lastSuccessAt: NOON });
    setClock('2026-03-15T12:15:00.000Z');
    await poll([polled('my-shop')]);
    expect(asked[3]).toEqual({ since: '2026-03-15T11:45:00.000Z', page: undefined });
  });

  it('is asked anew for all of it after a failure, which shows until it is over', async () => {
    let isDown = true;
    const { shop, asked } = aShop(2, ({ page }) => {
      if (isDown && page === '2') throw new ShopFailed('shop-busy', 'later');
    });
    const { poll, progress, taken } = aPoll(shop);

    expect(await poll([polled('my-shop')])).toEqual([{ id: 'my-shop', messages: 1, error: 'shop-busy' }]);
    expect(await progress()).toEqual({ lastError: { code: 'shop-busy', at: NOON } });
    isDown = false;
    await poll([polled('my-shop')]);

    expect(asked.map(({ page }) => page)).toEqual([undefined, '2', undefined, '2']);
    expect(taken).toEqual([1, 1, 2]);
    expect(await progress()).toEqual({ since: '2026-03-15T11:45:00.000Z', lastSuccessAt: NOON });
  });

  it('goes on where a run ran out of time', async () => {
    const { shop, asked } = aShop(3);
    const { poll, progress, setClock } = aPoll(shop, async () => setClock('2026-03-15T12:05:00.000Z'));

    expect(await poll([polled('my-shop')])).toEqual([{ id: 'my-shop', messages: 1 }]);
    expect(await progress()).toEqual({ walk: { since: SINCE, begun: NOON, page: '2' } });
    await poll([polled('my-shop')]);

    expect(asked.map(({ page }) => page)).toEqual([undefined, '2', '3']);
    // From when the walk began: what changed since then may stand on pages that were past.
    expect((await progress()).since).toBe('2026-03-15T11:45:00.000Z');
  });

  it('forgets nothing where its messages cannot be kept', async () => {
    const { shop } = aShop(1);
    const { poll, progress } = aPoll(shop, () => Promise.reject(new StoreUnavailable('disk full')));

    expect(await poll([polled('my-shop')])).toMatchObject([{ error: 'store-unavailable' }]);
    expect((await progress()).since).toBeUndefined();
  });

  it.each([
    ['of which cannot be read how far it was asked', 'get'],
    ['of which cannot be written how far it was asked', 'commit'],
  ] as const)('and %s keeps no other from being asked', async (_what, broken) => {
    const { deps } = aPoll(aShop(1).shop);
    const fails = (name: typeof broken, place: { readonly sk: string }) =>
      name === broken && place.sk === 'bad';
    const down = () => Promise.reject(new StoreUnavailable('disk full'));
    const table: Table = {
      ...deps.table,
      get: (place) => (fails('get', place) ? down() : deps.table.get(place)),
      commit: (changes) =>
        changes.some((change) => 'put' in change && fails('commit', change.put))
          ? down()
          : deps.table.commit(changes),
    };

    const answers = await pollShops({ ...deps, table })(['bad', 'good'].map((id) => polled(id)));

    expect(answers).toHaveLength(2);
    expect(answers).toContainEqual({ id: 'good', messages: 1 });
    expect(answers).toContainEqual(expect.objectContaining({ id: 'bad', error: 'store-unavailable' }));
  });

  it('is asked from the start where what is kept of it makes no sense, and gets well', async () => {
    const { shop, asked } = aShop(1);
    const { deps, poll, progress } = aPoll(shop);
    await deps.table.commit([{ put: keys.shopPollProgress('my-shop'), value: { since: 7 } }]);

    expect(await poll([polled('my-shop')])).toEqual([{ id: 'my-shop', messages: 1 }]);
    expect(asked).toEqual([{ since: SINCE, page: undefined }]);
    expect(await progress()).toEqual({ since: '2026-03-15T11:45:00.000Z', lastSuccessAt: NOON });
  });

  it('and fails keeps no other waiting', async () => {
    const { shop: good } = aShop(1);
    const bad: Shop = { changed: () => Promise.reject(new Error('boom')) };
    const { deps } = aPoll(good);
    const poll = pollShops({ ...deps, clients: { ...deps.clients, square: bad } });
    const shops = ['a', 'b', 'c', 'd', 'e'].map((id) => polled(id, 'square'));

    const answers = await poll([...shops, polled('good')]);

    expect(answers).toHaveLength(6);
    expect(answers).toContainEqual({ id: 'good', messages: 1 });
    expect(answers).toContainEqual({ id: 'a', messages: 0, error: 'internal' });
  });
});
