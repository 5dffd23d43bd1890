import { describe, expect, it } from 'vitest';
import type { Value } from '../../shared/ports/table.ts';
import { scansEverythingOnce } from './table-models.ts';
import type { TableSuite } from './table-suite.ts';

/** Laws 1, 4 and 6. */
export function readingLaws(suite: TableSuite): void {
  const { key, put, putAll, query } = suite;

  describe('law 1: what was written is read', () => {
    const values: readonly (readonly [string, Value])[] = [
      ['nothing', {}],
      [
        'nested',
        {
          list: [1, [], {}, null, { deep: [true, false] }],
          text: 'Zoë 🛒 \u0000 \u2028 "quoted"',
          empty: '',
        },
      ],
      [
        'numbers',
        { zero: 0, cents: 974_774_793, negative: -1.5, third: 1 / 3, most: Number.MAX_SAFE_INTEGER },
      ],
      ['numbers beyond other formats', { huge: 1.5e300, tiny: 5e-324, whole: 1e20, exact: 2 ** 53 + 2 }],
      ['odd names', { version: 'v', value: 1, pk: 'x', '': 0, 'a.b': 1, '#a': 2, ':a': 3, __proto: 4 }],
      ['a long text', { text: 'receipt '.repeat(20_000) }],
    ];

    it.each(values)('answers %s from get, getMany and query, deeply equal', async (name, value) => {
      await suite.table.commit([{ put: key(name), value }]);

      const item = { ...key(name), version: 1, value };
      expect(await suite.table.get(key(name))).toEqual(item);
      expect(await suite.table.getMany([key(name)])).toEqual([item]);
      expect((await suite.table.query(query())).items).toEqual([item]);
    });

    it('drops undefined properties', async () => {
      await put('a', { kept: 1, dropped: undefined });

      expect((await suite.table.get(key('a')))?.value).toStrictEqual({ kept: 1 });
    });

    it('keeps tables apart', async () => {
      await put('a');

      expect(await suite.table.get({ ...key('a'), table: 'facts' })).toBeUndefined();
    });

    it('answers nothing for what was removed', async () => {
      await put('a');

      await suite.table.commit([{ remove: key('a') }]);

      expect(await suite.table.get(key('a'))).toBeUndefined();
      expect((await suite.table.query(query())).items).toEqual([]);
    });

    it('removes what was never there', async () => {
      expect(await suite.table.commit([{ remove: key('a') }])).toEqual({ ok: true });
    });
  });

  describe('law 4: getMany', () => {
    it('answers in the order of the keys, repeats and gaps included, however many', async () => {
      const sks = Array.from({ length: 250 }, (_, index) => `item-${index}`);
      for (let start = 0; start < 250; start += 50) await putAll(sks.slice(start, start + 50));
      const wanted = [...sks.toReversed(), 'none', 'item-7', 'item-7'];

      const found = await suite.table.getMany(wanted.map(key));

      expect(found.map((item) => item?.sk)).toEqual([...sks.toReversed(), undefined, 'item-7', 'item-7']);
    });

    it('may be asked to lag, and answers in the same order', async () => {
      await putAll(['a', 'b']);

      await expect
        .poll(async () => {
          const found = await suite.table.getMany(['b', 'none', 'a'].map(key), { mayLag: true });
          return found.map((item) => item?.sk);
        })
        .toEqual(['b', undefined, 'a']);
    });

    it('answers nothing for no keys', async () => {
      expect(await suite.table.getMany([])).toEqual([]);
    });
  });

  describe('law 6: scan', () => {
    it('answers every item once over all segments, partitions together and in order', async () => {
      await scansEverythingOnce(suite.table, suite.runs);
    });

    it.each([
      { segment: 1, of: 1, limit: 10 },
      { segment: -1, of: 1, limit: 10 },
      { segment: 0, of: 1, limit: 0 },
    ])('refuses $segment of $of by $limit', async (scan) => {
      await expect(suite.table.scan({ table: 'facts', ...scan })).rejects.toThrow(RangeError);
    });
  });
}
