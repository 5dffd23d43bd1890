import { describe, expect, it } from 'vitest';
import type { Key } from '../../shared/contracts/key.ts';
import { MOST_WRITES } from '../../shared/ports/table.ts';
import { commitsLikeAMap } from './table-models.ts';
import { pagesOf, sksOf, type TableSuite } from './table-suite.ts';

/** Laws 2, 3 and 9. */
export function committingLaws(suite: TableSuite): void {
  const { key, put, putAll, query } = suite;

  describe('law 2: a commit is all or nothing', () => {
    it('writes several items of several tables together', async () => {
      const elsewhere: Key = { ...key('b'), table: 'facts' };

      await suite.table.commit([
        { put: key('a'), value: { n: 1 } },
        { put: elsewhere, value: { n: 2 }, if: 'absent' },
      ]);

      const found = await suite.table.getMany([key('a'), elsewhere]);
      expect(found.map((item) => item?.value)).toEqual([{ n: 1 }, { n: 2 }]);
    });

    it('names every write whose condition failed, and writes nothing', async () => {
      await putAll(['stands', 'goes']);

      const committed = await suite.table.commit([
        { put: key('new'), value: {} },
        { put: key('stands'), value: { changed: true }, if: 'absent' },
        { remove: key('goes') },
        { put: key('missing'), value: {}, if: { version: 1 } },
        { remove: key('stands-not'), if: { version: 1 } },
        { put: key('free'), value: {}, if: 'absent' },
      ]);

      expect(committed).toEqual({ ok: false, failed: [1, 3, 4] });
      expect((await suite.table.query(query())).items).toMatchObject([
        { sk: 'goes', version: 1, value: { sk: 'goes' } },
        { sk: 'stands', version: 1, value: { sk: 'stands' } },
      ]);
    });

    it.each([
      ['put', { put: 'a', value: {}, if: 'absent' }],
      ['put of an old version', { put: 'a', value: {}, if: { version: 2 } }],
      ['remove of an old version', { remove: 'a', if: { version: 2 } }],
      ['remove of what should be absent', { remove: 'a', if: 'absent' }],
    ] as const)('names a single conditional %s that failed', async (_, write) => {
      await put('a');

      const committed = await suite.table.commit([
        'put' in write ? { ...write, put: key(write.put) } : { ...write, remove: key(write.remove) },
      ]);

      expect(committed).toEqual({ ok: false, failed: [0] });
      expect(await suite.table.get(key('a'))).toMatchObject({ version: 1, value: { sk: 'a' } });
    });

    it('takes 100 writes', async () => {
      const sks = Array.from({ length: MOST_WRITES }, (_, index) => `item-${String(index).padStart(3, '0')}`);

      await putAll(sks);

      expect(sksOf(await pagesOf(suite.table, query()))).toEqual(sks);
    });

    it('does what a map does, whatever the writes and conditions', async () => {
      await commitsLikeAMap(suite.table, suite.clock, suite.runs);
    });
  });

  describe('law 3: versions', () => {
    it('start at 1 and rise by one with each put, conditional or not', async () => {
      await put('a');
      await put('a');
      await suite.table.commit([{ put: key('a'), value: {}, if: { version: 2 } }]);

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 3 });
    });

    it('start again after a removal', async () => {
      await put('a');
      await suite.table.commit([{ remove: key('a'), if: { version: 1 } }]);

      await put('a');

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 1 });
    });

    it('let one of many writers over the same version win', async () => {
      await put('a');

      const all = await Promise.all(
        Array.from({ length: 8 }, (_, writer) =>
          suite.table.commit([{ put: key('a'), value: { writer }, if: { version: 1 } }]),
        ),
      );

      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      const winner = all.findIndex(({ ok }) => ok);
      expect(await suite.table.get(key('a'))).toMatchObject({ version: 2, value: { writer: winner } });
    });

    it('let one of many transactions over overlapping items win', async () => {
      const all = await Promise.all(
        Array.from({ length: 6 }, (_, writer) =>
          suite.table.commit([
            { put: key('shared'), value: { writer }, if: 'absent' },
            { put: key(`own-${writer}`), value: { writer } },
          ]),
        ),
      );

      const winner = all.findIndex(({ ok }) => ok);
      expect(all.filter(({ ok }) => ok)).toHaveLength(1);
      expect(sksOf(await pagesOf(suite.table, query()))).toEqual([`own-${winner}`, 'shared']);
    });
  });

  describe('law 9: impossible commits', () => {
    const many = (length: number) =>
      Array.from({ length }, (_, index) => ({ put: key(`item-${index}`), value: {} }));

    it.each([0, MOST_WRITES + 1])('refuses %i writes', async (length) => {
      await expect(suite.table.commit(many(length))).rejects.toThrow(RangeError);
      expect((await suite.table.query(query())).items).toEqual([]);
    });

    it('refuses two writes of one key', async () => {
      const twice = suite.table.commit([
        { put: key('a'), value: {} },
        { put: key('b'), value: {} },
        { remove: key('a') },
      ]);

      await expect(twice).rejects.toThrow(RangeError);
      expect((await suite.table.query(query())).items).toEqual([]);
    });

    it.each([{ sk: '' }, { pk: '' }])('refuses the empty key part %o', async (part) => {
      await expect(suite.table.commit([{ put: { ...key('a'), ...part }, value: {} }])).rejects.toThrow(
        RangeError,
      );
    });
  });
}
