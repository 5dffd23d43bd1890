import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Write } from '../../shared/ports/table.ts';
import { pagesOf, sksOf, type TableSuite } from './table-suite.ts';

const planned = fc.uniqueArray(
  fc.record({
    sk: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    kind: fc.constantFrom('put', 'put', 'remove'),
    only: fc.constantFrom(undefined, 'absent' as const, { version: 1 }, { version: 2 }),
    n: fc.nat(9),
  }),
  { maxLength: 5, selector: ({ sk }) => sk },
);
type Planned = typeof planned extends fc.Arbitrary<infer P> ? P : never;

/** Law 11. */
export function writingEachLaws(suite: TableSuite): void {
  const { key, put, query, soon } = suite;

  describe('law 11: each write by itself', () => {
    it('stands or fails by itself, and those whose condition failed are named', async () => {
      await put('stands');
      await put('goes');

      const failed = await suite.table.writeEach([
        { put: key('new'), value: { n: 1 } },
        { put: key('stands'), value: { changed: true }, if: 'absent' },
        { remove: key('goes') },
        { put: key('missing'), value: {}, if: { version: 1 } },
        { put: key('free'), value: { n: 2 }, if: 'absent' },
        { remove: key('never-there') },
      ]);

      expect(failed).toEqual([1, 3]);
      expect((await suite.table.query(query())).items).toMatchObject([
        { sk: 'free', version: 1, value: { n: 2 } },
        { sk: 'new', version: 1, value: { n: 1 } },
        { sk: 'stands', version: 1, value: { sk: 'stands' } },
      ]);
    });

    it('does what as many commits of one write do, whatever they are', async () => {
      let run = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(planned, { minLength: 1, maxLength: 4 }), async (rounds) => {
          run += 1;
          const writesFor = (partition: string, one: Planned) =>
            one.map(({ sk, kind, only, n }): Write => {
              const place = { ...key(sk), pk: `${suite.partition}-${partition}-${run}` };
              const condition = only === undefined ? {} : { if: only };
              return kind === 'put'
                ? { put: place, value: { n }, ...condition }
                : { remove: place, ...condition };
            });
          for (const one of rounds) {
            const failed = await suite.table.writeEach(writesFor('each', one));
            const commits = [];
            for (const write of writesFor('commit', one)) commits.push(await suite.table.commit([write]));
            expect(failed).toEqual(commits.flatMap(({ ok }, index) => (ok ? [] : [index])));
          }
          const left = async (partition: string) => {
            const pk = `${suite.partition}-${partition}-${run}`;
            const { items } = await suite.table.query(query({ pk }));
            return items.map(({ pk: _pk, ...item }) => item);
          };
          expect(await left('each')).toEqual(await left('commit'));
        }),
        { numRuns: suite.runs },
      );
    });

    it('takes more writes than a commit does, and none', async () => {
      const sks = Array.from({ length: 250 }, (_, index) => `item-${String(index).padStart(3, '0')}`);

      expect(await suite.table.writeEach(sks.map((sk) => ({ put: key(sk), value: {} })))).toEqual([]);
      expect(await suite.table.writeEach([])).toEqual([]);

      expect(sksOf(await pagesOf(suite.table, query()))).toEqual(sks);
    });

    it('raises versions, sets expiries and takes the place of what has expired, as a commit does', async () => {
      await suite.table.writeEach([{ put: key('a'), value: { n: 1 }, expires: soon() }]);
      await suite.table.writeEach([{ put: key('a'), value: { n: 2 }, expires: soon() }]);
      expect(await suite.table.get(key('a'))).toMatchObject({ version: 2, value: { n: 2 } });

      suite.clock.advance(61);
      expect(await suite.table.writeEach([{ put: key('a'), value: { n: 3 } }])).toEqual([]);

      expect(await suite.table.get(key('a'))).toMatchObject({ version: 1, value: { n: 3 } });
    });

    it('refuses two writes of one key, and then writes nothing', async () => {
      const twice = suite.table.writeEach([
        { put: key('a'), value: {} },
        { put: key('b'), value: {} },
        { remove: key('a') },
      ]);

      await expect(twice).rejects.toThrow(RangeError);
      expect((await suite.table.query(query())).items).toEqual([]);
    });
  });
}
