import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quarantine } from '../../shared/application/ingest/quarantine.ts';
import { changeQuarantine } from '../../shared/application/ingest/quarantine-changes.ts';
import { listKept, readKept, readTallies } from '../../shared/application/ingest/quarantine-store.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';
import type { Table } from '../../shared/ports/table.ts';

interface Store {
  readonly table: Table;
  readonly keyring: Keyring;
}

const AT = '2026-03-15T12:00:00.000Z';
const CAUSE = 'mapping-failed';
const refused = (item: unknown) => ({ cause: CAUSE, path: 'mapping', source: 'web', item });
/** As a webhook of a big order is kept, with a body of about so many characters. */
const order = (characters: number, more = {}) => ({
  dialect: 'shopify',
  source: 'web',
  body: { ...more, note: 'tea '.repeat(characters / 4) },
});

/** What is refused and too long for one item of the store is kept whole all the same. */
export function longRefusals(name: string, open: () => Promise<Store>): void {
  describe(`long refusals on ${name}`, () => {
    it('come back whole, up to a webhook of a megabyte in any letters, counted once and listed by type', async () => {
      const store = await open();
      const items = [
        order(10),
        order(100_000),
        order(990_000),
        order(8, { letters: '店😀'.repeat(140_000) }),
      ];

      await quarantine(store, items.map(refused), AT);
      await quarantine(store, items.map(refused), AT);

      const { kept } = await readKept(store, CAUSE, { limit: 10 });
      expect(new Set(kept.map(({ text }) => text))).toEqual(
        new Set(items.map((item) => JSON.stringify(item))),
      );
      expect(kept.map(({ item }) => item)).toEqual(expect.arrayContaining(items));
      expect((await readTallies(store.table)).get(CAUSE)?.count).toBe(items.length);
      const listed = await listKept(store, CAUSE, { limit: 10 });
      expect(listed.kept.map(({ type }) => type)).toEqual(items.map(() => 'shopify'));
    });

    it('come and go with all their parts, however many a commit may hold', async () => {
      const store = await open();
      const ids = Array.from({ length: 10 }, (_, n) => `a${n}`);
      const parts = Array.from({ length: 15 }, () => ({ sealed: 'x' }));
      const value = { at: AT, parts: parts.length };

      const come = await changeQuarantine(
        store,
        ids.map((id) => ({ id, put: { cause: CAUSE, value, parts } })),
      );
      const moved = await changeQuarantine(
        store,
        ids.map((id) => ({
          id,
          remove: { cause: CAUSE, parts: parts.length },
          put: { cause: 'other', value, parts },
        })),
      );
      const gone = await changeQuarantine(
        store,
        ids.map((id) => ({ id, remove: { cause: 'other', parts: parts.length } })),
      );

      expect([come, moved, gone]).toEqual([10, 10, 10]);
      const left = await store.table.scan({ table: 'control', segment: 0, of: 1, limit: 100 });
      expect(left.items.filter(({ pk }) => pk !== 'quarantine')).toEqual([]);
      expect(await readTallies(store.table)).toEqual(new Map());
    });

    it('are cut at any place between characters', async () => {
      const store = await open();
      await fc.assert(
        fc.asyncProperty(fc.integer({ min: 63_900, max: 64_100 }), fc.boolean(), async (length, isOdd) => {
          const item = { text: `${isOdd ? 'x' : ''}${'😀'.repeat(length / 2)}`, length };
          await quarantine(store, [{ ...refused(item), cause: `odd-${length}` }], AT);
          const { kept } = await readKept(store, `odd-${length}`, { limit: 5 });
          expect(kept.map((one) => one.item)).toContainEqual(item);
        }),
        { numRuns: 10 },
      );
    });
  });
}
