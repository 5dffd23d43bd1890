import { describe, expect, it } from 'vitest';
import type { Query } from '../../shared/ports/table.ts';
import { pagesOf, sksOf, type TableSuite } from './table-suite.ts';

/** Law 5. */
export function queryingLaws(suite: TableSuite): void {
  const { key, putAll, query, soon } = suite;

  describe('law 5: query', () => {
    // In UTF-16 order the last two change places; by code points, and so by UTF-8 bytes, they stand like this.
    const ordered = ['a', 'a#', 'a#1', 'a#2', 'aa', 'b', 'z', 'é', '\uFFFD', '\u{1F6D2}'];

    it.each([1, 2, 3, 100])('pages by %i in order of code points, without gaps or doubles', async (limit) => {
      await putAll(ordered.toReversed());
      await suite.table.commit([{ put: { ...key('a'), pk: `${suite.partition}-neighbour` }, value: {} }]);

      expect(sksOf(await pagesOf(suite.table, query({ limit })))).toEqual(ordered);
      expect(sksOf(await pagesOf(suite.table, query({ limit, descending: true })))).toEqual(
        ordered.toReversed(),
      );
    });

    it.each<readonly [string, Partial<Query>, readonly string[]]>([
      ['a prefix', { prefix: 'a#' }, ['a#', 'a#1', 'a#2']],
      ['an empty prefix', { prefix: '' }, ordered],
      ['a prefix of the last character there is', { prefix: '\u{10FFFF}' }, []],
      ['bounds, both included', { from: 'a#1', to: 'b' }, ['a#1', 'a#2', 'aa', 'b']],
      ['a lower bound', { from: 'z' }, ['z', 'é', '\uFFFD', '\u{1F6D2}']],
      ['an upper bound', { to: 'a#1' }, ['a', 'a#', 'a#1']],
      ['bounds beyond the basic plane', { from: '\uFFFD', to: '\u{1F6D2}' }, ['\uFFFD', '\u{1F6D2}']],
      ['bounds with nothing between', { from: 'c', to: 'b' }, []],
    ])('keeps to %s in either direction and page size', async (_, range, expected) => {
      await putAll(ordered);

      for (const limit of [1, 2, 100]) {
        expect(sksOf(await pagesOf(suite.table, query({ ...range, limit })))).toEqual(expected);
        expect(sksOf(await pagesOf(suite.table, query({ ...range, limit, descending: true })))).toEqual(
          expected.toReversed(),
        );
      }
    });

    it('goes on when the item at the cursor has vanished', async () => {
      await putAll(['a', 'b', 'c', 'd']);
      const { cursor } = await suite.table.query(query({ limit: 2 }));
      await suite.table.commit([{ remove: key('b') }]);

      expect((await suite.table.query(query({ cursor }))).items.map(({ sk }) => sk)).toEqual(['c', 'd']);
    });

    it('fills its pages although expired items stand between', async () => {
      await suite.table.commit(
        ['a', 'b', 'c', 'd'].map((sk) => ({
          put: key(sk),
          value: {},
          ...(sk < 'd' ? { expires: soon() } : {}),
        })),
      );
      suite.clock.advance(3_600);

      expect((await suite.table.query(query({ limit: 1 }))).items.map(({ sk }) => sk)).toEqual(['d']);
    });

    it('has an end: the last page has no cursor', async () => {
      await putAll(['a', 'b', 'c']);

      expect((await suite.table.query(query({ limit: 100 }))).cursor).toBeUndefined();
    });

    it.each([0, 1_001, 1.5])('refuses a limit of %d', async (limit) => {
      await expect(suite.table.query(query({ limit }))).rejects.toThrow(RangeError);
    });

    it.each(['', 'x', 'WyJhIiwiYiJd', 'WyIiXQ', 'bnVsbA'])(
      'refuses the cursor "%s", which it never gave',
      async (cursor) => {
        await expect(suite.table.query(query({ cursor }))).rejects.toMatchObject({
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
      const { cursor } = await suite.table.query(query({ limit: 1 }));

      await expect(suite.table.query(query({ ...range, cursor }))).rejects.toMatchObject({
        code: 'invalid-cursor',
      });
    });
  });
}
