import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Key } from '../../shared/contracts/key.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import { MOST_WRITES, type Page, type Query, type Table, type Value } from '../../shared/ports/table.ts';
import { type ManualClock, manualClock } from './manual-clock.ts';
import { commitsLikeAMap, scansEverythingOnce } from './table.laws.ts';

/** How a suite gets a table with nothing in it. */
export interface TableUnderTest {
  /** Called once for the whole suite; every test uses keys of its own. */
  readonly open: (clock: Clock) => Promise<Table>;
  /** Random cases for each law that is checked by them. */
  readonly runs: number;
}

/** All pages of a query, one after the other. */
async function pagesOf(table: Table, query: Query): Promise<readonly Page[]> {
  const pages: Page[] = [];
  let cursor: string | undefined;
  do {
    const page = await table.query({ ...query, cursor });
    pages.push(page);
    cursor = page.cursor;
  } while (cursor !== undefined);
  return pages;
}

const sksOf = (pages: readonly Page[]): readonly string[] =>
  pages.flatMap(({ items }) => items.map(({ sk }) => sk));

export function tableContract(adapter: string, { open, runs }: TableUnderTest): void {
  describe(`${adapter} obeys the table laws`, () => {
    let table: Table;
    let clock: ManualClock;
    let partition = '';
    let count = 0;

    beforeAll(async () => {
      clock = manualClock();
      table = await open(clock.now);
    });

    beforeEach(() => {
      count += 1;
      partition = `partition-${count}`;
    });

    const key = (sk: string): Key => ({ table: 'customers', pk: partition, sk });
    const put = (sk: string, value: Value = { sk }) => table.commit([{ put: key(sk), value }]);
    const putAll = (sks: readonly string[]) =>
      table.commit(sks.map((sk) => ({ put: key(sk), value: { sk } })));
    const query = (more: Partial<Query> = {}): Query => ({
      table: 'customers',
      pk: partition,
      limit: 100,
      ...more,
    });
    const soon = () => Math.floor(clock.millis() / 1_000) + 60;

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
        await table.commit([{ put: key(name), value }]);

        const item = { ...key(name), version: 1, value };
        expect(await table.get(key(name))).toEqual(item);
        expect(await table.getMany([key(name)])).toEqual([item]);
        expect((await table.query(query())).items).toEqual([item]);
      });

      it('drops undefined properties', async () => {
        await put('a', { kept: 1, dropped: undefined });

        expect((await table.get(key('a')))?.value).toStrictEqual({ kept: 1 });
      });

      it('keeps tables apart', async () => {
        await put('a');

        expect(await table.get({ ...key('a'), table: 'facts' })).toBeUndefined();
      });

      it('answers nothing for what was removed', async () => {
        await put('a');

        await table.commit([{ remove: key('a') }]);

        expect(await table.get(key('a'))).toBeUndefined();
        expect((await table.query(query())).items).toEqual([]);
      });

      it('removes what was never there', async () => {
        expect(await table.commit([{ remove: key('a') }])).toEqual({ ok: true });
      });
    });

    describe('law 2: a commit is all or nothing', () => {
      it('writes several items of several tables together', async () => {
        const elsewhere: Key = { ...key('b'), table: 'facts' };

        await table.commit([
          { put: key('a'), value: { n: 1 } },
          { put: elsewhere, value: { n: 2 }, if: 'absent' },
        ]);

        const found = await table.getMany([key('a'), elsewhere]);
        expect(found.map((item) => item?.value)).toEqual([{ n: 1 }, { n: 2 }]);
      });

      it('names every write whose condition failed, and writes nothing', async () => {
        await putAll(['stands', 'goes']);

        const committed = await table.commit([
          { put: key('new'), value: {} },
          { put: key('stands'), value: { changed: true }, if: 'absent' },
          { remove: key('goes') },
          { put: key('missing'), value: {}, if: { version: 1 } },
          { remove: key('stands-not'), if: { version: 1 } },
          { put: key('free'), value: {}, if: 'absent' },
        ]);

        expect(committed).toEqual({ ok: false, failed: [1, 3, 4] });
        expect((await table.query(query())).items).toMatchObject([
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

        const committed = await table.commit([
          'put' in write ? { ...write, put: key(write.put) } : { ...write, remove: key(write.remove) },
        ]);

        expect(committed).toEqual({ ok: false, failed: [0] });
        expect(await table.get(key('a'))).toMatchObject({ version: 1, value: { sk: 'a' } });
      });

      it('takes 100 writes', async () => {
        const sks = Array.from(
          { length: MOST_WRITES },
          (_, index) => `item-${String(index).padStart(3, '0')}`,
        );

        await putAll(sks);

        expect(sksOf(await pagesOf(table, query()))).toEqual(sks);
      });

      it('does what a map does, whatever the writes and conditions', async () => {
        await commitsLikeAMap(table, clock, runs);
      });
    });

    describe('law 3: versions', () => {
      it('start at 1 and rise by one with each put, conditional or not', async () => {
        await put('a');
        await put('a');
        await table.commit([{ put: key('a'), value: {}, if: { version: 2 } }]);

        expect(await table.get(key('a'))).toMatchObject({ version: 3 });
      });

      it('start again after a removal', async () => {
        await put('a');
        await table.commit([{ remove: key('a'), if: { version: 1 } }]);

        await put('a');

        expect(await table.get(key('a'))).toMatchObject({ version: 1 });
      });

      it('let one of many writers over the same version win', async () => {
        await put('a');

        const all = await Promise.all(
          Array.from({ length: 8 }, (_, writer) =>
            table.commit([{ put: key('a'), value: { writer }, if: { version: 1 } }]),
          ),
        );

        expect(all.filter(({ ok }) => ok)).toHaveLength(1);
        const winner = all.findIndex(({ ok }) => ok);
        expect(await table.get(key('a'))).toMatchObject({ version: 2, value: { writer: winner } });
      });

      it('let one of many transactions over overlapping items win', async () => {
        const all = await Promise.all(
          Array.from({ length: 6 }, (_, writer) =>
            table.commit([
              { put: key('shared'), value: { writer }, if: 'absent' },
              { put: key(`own-${writer}`), value: { writer } },
            ]),
          ),
        );

        const winner = all.findIndex(({ ok }) => ok);
        expect(all.filter(({ ok }) => ok)).toHaveLength(1);
        expect(sksOf(await pagesOf(table, query()))).toEqual([`own-${winner}`, 'shared']);
      });
    });

    describe('law 4: getMany', () => {
      it('answers in the order of the keys, repeats and gaps included, however many', async () => {
        const sks = Array.from({ length: 250 }, (_, index) => `item-${index}`);
        for (let start = 0; start < 250; start += 50) await putAll(sks.slice(start, start + 50));
        const wanted = [...sks.toReversed(), 'none', 'item-7', 'item-7'];

        const found = await table.getMany(wanted.map(key));

        expect(found.map((item) => item?.sk)).toEqual([...sks.toReversed(), undefined, 'item-7', 'item-7']);
      });

      it('answers nothing for no keys', async () => {
        expect(await table.getMany([])).toEqual([]);
      });
    });

    describe('law 5: query', () => {
      // In UTF-16 order the last two change places; by code points, and so by UTF-8 bytes, they stand like this.
      const ordered = ['a', 'a#', 'a#1', 'a#2', 'aa', 'b', 'z', 'é', '\uFFFD', '\u{1F6D2}'];

      it.each([1, 2, 3, 100])(
        'pages by %i in order of code points, without gaps or doubles',
        async (limit) => {
          await putAll(ordered.toReversed());
          await table.commit([{ put: { ...key('a'), pk: `${partition}-neighbour` }, value: {} }]);

          expect(sksOf(await pagesOf(table, query({ limit })))).toEqual(ordered);
          expect(sksOf(await pagesOf(table, query({ limit, descending: true })))).toEqual(
            ordered.toReversed(),
          );
        },
      );

      it.each<readonly [string, Partial<Query>, readonly string[]]>([
        ['a prefix', { prefix: 'a#' }, ['a#', 'a#1', 'a#2']],
        ['an empty prefix', { prefix: '' }, ordered],
        ['a prefix of the last character there is', { prefix: '\u{10FFFF}' }, []],
        ['bounds, both included', { from: 'a#1', to: 'b' }, ['a#1', 'a#2', 'aa', 'b']],
        ['a lower bound', { from: 'z' }, ['z', 'é', '\uFFFD', '\u{1F6D2}']],
        ['an upper bound', { to: 'a#1' }, ['a', 'a#', 'a#1']],
        ['bounds with nothing between', { from: 'c', to: 'b' }, []],
      ])('keeps to %s in either direction and page size', async (_, range, expected) => {
        await putAll(ordered);

        for (const limit of [1, 2, 100]) {
          expect(sksOf(await pagesOf(table, query({ ...range, limit })))).toEqual(expected);
          expect(sksOf(await pagesOf(table, query({ ...range, limit, descending: true })))).toEqual(
            expected.toReversed(),
          );
        }
      });

      it('goes on when the item at the cursor has vanished', async () => {
        await putAll(['a', 'b', 'c', 'd']);
        const { cursor } = await table.query(query({ limit: 2 }));
        await table.commit([{ remove: key('b') }]);

        expect((await table.query(query({ cursor }))).items.map(({ sk }) => sk)).toEqual(['c', 'd']);
      });

      it('fills its pages although expired items stand between', async () => {
        await table.commit(
          ['a', 'b', 'c', 'd'].map((sk) => ({
            put: key(sk),
            value: {},
            ...(sk < 'd' ? { expires: soon() } : {}),
          })),
        );
        clock.advance(3_600);

        expect((await table.query(query({ limit: 1 }))).items.map(({ sk }) => sk)).toEqual(['d']);
      });

      it('has an end: the last page has no cursor', async () => {
        await putAll(['a', 'b', 'c']);

        expect((await table.query(query({ limit: 100 }))).cursor).toBeUndefined();
      });

      it.each([0, 1_001, 1.5])('refuses a limit of %d', async (limit) => {
        await expect(table.query(query({ limit }))).rejects.toThrow(RangeError);
      });

      it.each(['', 'x', 'WyJhIiwiYiJd', 'WyIiXQ', 'bnVsbA'])(
        'refuses the cursor "%s", which it never gave',
        async (cursor) => {
          await expect(table.query(query({ cursor }))).rejects.toMatchObject({
            code: 'invalid-cursor',
            path: 'cursor',
          });
        },
      );

      it.each<readonly [string, Partial<Query>]>([
        ['prefix', { prefix: 'b' }],
        ['lower bound', { from: 'b' }],
        ['upper bound', { from: '0', to: '9' }],
      ])('refuses a cursor that lies outside the %s', async (_, range) => {
        await putAll(['a', 'b']);
        const { cursor } = await table.query(query({ limit: 1 }));

        await expect(table.query(query({ ...range, cursor }))).rejects.toMatchObject({
          code: 'invalid-cursor',
        });
      });
    });

    describe('law 6: scan', () => {
      it('answers every item once over all segments, partitions together and in order', async () => {
        await scansEverythingOnce(table, runs);
      });

      it.each([
        { segment: 1, of: 1, limit: 10 },
        { segment: -1, of: 1, limit: 10 },
        { segment: 0, of: 1, limit: 0 },
      ])('refuses $segment of $of by $limit', async (scan) => {
        await expect(table.scan({ table: 'facts', ...scan })).rejects.toThrow(RangeError);
      });
    });

    describe('law 7: add', () => {
      it('starts absent numbers at 0 and answers the new ones', async () => {
        expect(await table.add(key('a'), { sent: 2, refused: 1 })).toEqual({ sent: 2, refused: 1 });
        expect(await table.add(key('a'), { sent: 3, held: 4 })).toEqual({ sent: 5, held: 4 });

        expect(await table.get(key('a'))).toEqual({
          ...key('a'),
          version: 2,
          value: { sent: 5, refused: 1, held: 4 },
        });
      });

      it('keeps the other properties, raises the version, and keeps the expiry', async () => {
        const value = { name: 'spring', list: [1], sent: 10, 'a.b': 1 };
        await table.commit([{ put: key('a'), value, expires: soon() }]);

        await table.add(key('a'), { sent: -3, 'a.b': 1 });

        expect(await table.get(key('a'))).toEqual({
          ...key('a'),
          version: 2,
          value: { ...value, sent: 7, 'a.b': 2 },
        });
        clock.advance(61);
        expect(await table.get(key('a'))).toBeUndefined();
      });

      it('gives way to a put', async () => {
        await table.add(key('a'), { sent: 2 });
        await put('a', { sent: 1 });
        await table.add(key('a'), { sent: 1 });

        expect(await table.get(key('a'))).toMatchObject({ version: 3, value: { sent: 2 } });
      });

      it('starts anew over an expired item', async () => {
        await table.commit([{ put: key('a'), value: { sent: 5, name: 'old' }, expires: soon() }]);
        clock.advance(61);

        expect(await table.add(key('a'), { sent: 1 })).toEqual({ sent: 1 });
        expect(await table.get(key('a'))).toEqual({ ...key('a'), version: 1, value: { sent: 1 } });
      });

      it('loses none of many at once', async () => {
        const answers = await Promise.all(Array.from({ length: 20 }, () => table.add(key('a'), { n: 1 })));

        const numbers = answers.map(({ n }) => Number(n)).sort((a, b) => a - b);
        expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
      });

      it.each([{ n: Number.NaN }, { n: Number.POSITIVE_INFINITY }, { '': 1 }])(
        'refuses to add %o',
        async (increments) => {
          await expect(table.add(key('a'), increments)).rejects.toThrow(RangeError);
          expect(await table.get(key('a'))).toBeUndefined();
        },
      );
    });

    describe('law 8: an expired item is absent', () => {
      beforeEach(async () => {
        await table.commit([{ put: key('a'), value: { old: true }, expires: soon() }]);
        await table.commit([{ put: key('a'), value: { old: true }, expires: soon() }]);
      });

      it('is there until its second has passed', async () => {
        clock.advance(60);

        expect(await table.get(key('a'))).toMatchObject({ version: 2 });
      });

      it('is answered by nobody', async () => {
        clock.advance(61);

        expect(await table.get(key('a'))).toBeUndefined();
        expect(await table.getMany([key('a')])).toEqual([undefined]);
        expect((await table.query(query())).items).toEqual([]);
      });

      it.each(['absent', undefined] as const)(
        'gives its place to a put if %s, which begins at version 1',
        async (only) => {
          clock.advance(61);

          const write = { put: key('a'), value: { old: false } };
          expect(await table.commit([only === undefined ? write : { ...write, if: only }])).toEqual({
            ok: true,
          });

          expect(await table.get(key('a'))).toEqual({ ...key('a'), version: 1, value: { old: false } });
        },
      );

      it('no longer meets a condition on its version', async () => {
        clock.advance(61);

        const conditional = { if: { version: 2 } };
        expect(await table.commit([{ put: key('a'), value: {}, ...conditional }])).toEqual({
          ok: false,
          failed: [0],
        });
        expect(await table.commit([{ remove: key('a'), ...conditional }])).toEqual({
          ok: false,
          failed: [0],
        });
      });

      it('lives on when a later put sets no expiry', async () => {
        await put('a');
        clock.advance(61);

        expect(await table.get(key('a'))).toMatchObject({ version: 3 });
      });
    });

    describe('law 9: impossible commits', () => {
      const many = (length: number) =>
        Array.from({ length }, (_, index) => ({ put: key(`item-${index}`), value: {} }));

      it.each([0, MOST_WRITES + 1])('refuses %i writes', async (length) => {
        await expect(table.commit(many(length))).rejects.toThrow(RangeError);
        expect((await table.query(query())).items).toEqual([]);
      });

      it('refuses two writes of one key', async () => {
        const twice = table.commit([
          { put: key('a'), value: {} },
          { put: key('b'), value: {} },
          { remove: key('a') },
        ]);

        await expect(twice).rejects.toThrow(RangeError);
        expect((await table.query(query())).items).toEqual([]);
      });

      it.each([{ sk: '' }, { pk: '' }])('refuses the empty key part %o', async (part) => {
        await expect(table.commit([{ put: { ...key('a'), ...part }, value: {} }])).rejects.toThrow(
          RangeError,
        );
      });
    });
  });
}
