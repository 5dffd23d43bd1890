import { beforeEach, describe, expect, it } from 'vitest';
import type { TableSuite } from './table-suite.ts';

/** Laws 7 and 8. */
export function countingLaws(suite: TableSuite): void {
  const { key, put, query, soon } = suite;

  describe('law 7: add', () => {
    it('starts absent numbers at 0 and answers the new ones', async () => {
      expect(await suite.table.add(key('a'), { sent: 2, refused: 1 })).toEqual({ sent: 2, refused: 1 });
      expect(await suite.table.add(key('a'), { sent: 3, held: 4 })).toEqual({ sent: 5, held: 4 });

      expect(await suite.table.get(key('a'))).toEqual({
        ...key('a'),
        version: 2,
        value: { sent: 5, refused: 1, held: 4 },
      });
    });

    it('keeps the other properties, raises the version, and keeps the expiry', async () => {
      const value = { name: 'spring', list: [1], sent: 10, 'a.b': 1 };
      await suite.table.commit([{ put: key('a'), value, expires: soon() }]);

      await suite.table.add(key('a'), { sent: -3, 'a.b': 1 });

      expect(await suite.table.get(key('a'))).toEqual({
        ...key('a'),
        version: 2,
        value: { ...value, sent: 7, 'a.b': 2 },
      });
      suite.clock.advance(61);
      expect(await suite.table.get(key('a'))).toBeUndefined();
    });

    it('gives way to a put', async () => {
      await suite.table.add(key('a'), { sent: 2 });
      await put('a', { sent: 1 });
      await suite.table.add(key('a'), { sent: 1 });

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 3, value: { sent: 2 } });
    });

    it('starts anew over an expired item', async () => {
      await suite.table.commit([{ put: key('a'), value: { sent: 5, name: 'old' }, expires: soon() }]);
      suite.clock.advance(61);

      expect(await suite.table.add(key('a'), { sent: 1 })).toEqual({ sent: 1 });
      expect(await suite.table.get(key('a'))).toEqual({ ...key('a'), version: 1, value: { sent: 1 } });
    });

    it('loses none of many at once', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => suite.table.add(key('a'), { n: 1 })),
      );

      const numbers = answers.map(({ n }) => Number(n)).sort((a, b) => a - b);
      expect(numbers).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
    });

    it.each([{ n: Number.NaN }, { n: Number.POSITIVE_INFINITY }, { '': 1 }])(
      'refuses to add %o',
      async (increments) => {
        await expect(suite.table.add(key('a'), increments)).rejects.toThrow(RangeError);
        expect(await suite.table.get(key('a'))).toBeUndefined();
      },
    );
  });

  describe('law 8: an expired item is absent', () => {
    beforeEach(async () => {
      await suite.table.commit([{ put: key('a'), value: { old: true }, expires: soon() }]);
      await suite.table.commit([{ put: key('a'), value: { old: true }, expires: soon() }]);
    });

    it('is there until its second has passed', async () => {
      suite.clock.advance(60);

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 2 });
    });

    it('is answered by nobody', async () => {
      suite.clock.advance(61);

      expect(await suite.table.get(key('a'))).toBeUndefined();
      expect(await suite.table.getMany([key('a')])).toEqual([undefined]);
      expect((await suite.table.query(query())).items).toEqual([]);
    });

    it.each(['absent', undefined] as const)(
      'gives its place to a put if %s, which begins at version 1',
      async (only) => {
        suite.clock.advance(61);

        const write = { put: key('a'), value: { old: false } };
        expect(await suite.table.commit([only === undefined ? write : { ...write, if: only }])).toEqual({
          ok: true,
        });

        expect(await suite.table.get(key('a'))).toEqual({ ...key('a'), version: 1, value: { old: false } });
      },
    );

    it('no longer meets a condition on its version', async () => {
      suite.clock.advance(61);

      const conditional = { if: { version: 2 } };
      expect(await suite.table.commit([{ put: key('a'), value: {}, ...conditional }])).toEqual({
        ok: false,
        failed: [0],
      });
      expect(await suite.table.commit([{ remove: key('a'), ...conditional }])).toEqual({
        ok: false,
        failed: [0],
      });
    });

    it('lives on when a later put sets no expiry', async () => {
      await put('a');
      suite.clock.advance(61);

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 3 });
    });
  });
}
