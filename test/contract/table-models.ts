import fc from 'fast-check';
import { expect } from 'vitest';
import { groupBy } from '../../shared/domain/kernel/groups.ts';
import type { Item, Scan, Table, Write } from '../../shared/ports/table.ts';
import type { ManualClock } from './manual-clock.ts';

interface Kept {
  readonly version: number;
  readonly value: { readonly n: number };
  readonly expires: number | undefined;
}

/** What a commit means, on a map without expired items. */
function commitToMap(map: Map<string, Kept>, writes: readonly Write[]): readonly number[] {
  const failed = writes.flatMap((write, index) => {
    const version = map.get(skOf(write))?.version;
    const holds =
      write.if === undefined ||
      (write.if === 'absent' ? version === undefined : version === write.if.version);
    return holds ? [] : [index];
  });
  if (failed.length > 0) return failed;
  for (const write of writes) {
    const version = (map.get(skOf(write))?.version ?? 0) + 1;
    if ('put' in write)
      map.set(skOf(write), { version, value: write.value as Kept['value'], expires: write.expires });
    else map.delete(skOf(write));
  }
  return failed;
}

const skOf = (write: Write): string => ('put' in write ? write.put : write.remove).sk;

const condition = fc.oneof(
  fc.constant({}),
  fc.constant({ if: 'absent' as const }),
  fc.record({ if: fc.record({ version: fc.integer({ min: 1, max: 3 }) }) }),
);

const plannedWrite = fc.record({
  sk: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom('put', 'put', 'put', 'remove'),
  n: fc.nat(9),
  secondsToLive: fc.option(fc.constantFrom(5, 25), { nil: undefined, freq: 2 }),
  condition,
});

const step = fc.record({
  writes: fc.uniqueArray(plannedWrite, { minLength: 1, maxLength: 4, selector: ({ sk }) => sk }),
  secondsAfter: fc.constantFrom(0, 0, 10),
});

/** Law 2, 3 and 8 together: any history of commits leaves what a map would hold. */
export async function commitsLikeAMap(table: Table, clock: ManualClock, runs: number): Promise<void> {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      run += 1;
      const pk = `model-${run}`;
      const map = new Map<string, Kept>();
      for (const { writes, secondsAfter } of steps) {
        const now = Math.floor(clock.millis() / 1_000);
        const commit = writes.map(({ sk, kind, n, secondsToLive, condition: only }): Write => {
          const key = { table: 'control', pk, sk } as const;
          const expires = secondsToLive === undefined ? {} : { expires: now + secondsToLive };
          return kind === 'put' ? { put: key, value: { n }, ...expires, ...only } : { remove: key, ...only };
        });

        const failed = commitToMap(map, commit);

        expect(await table.commit(commit)).toEqual(
          failed.length === 0 ? { ok: true } : { ok: false, failed },
        );
        clock.advance(secondsAfter);
        for (const [sk, { expires }] of map) {
          if (expires !== undefined && expires < clock.millis() / 1_000) map.delete(sk);
        }
        const { items } = await table.query({ table: 'control', pk, limit: 10 });
        expect(items.map(({ sk, version, value }) => ({ sk, version, value }))).toEqual(
          [...map]
            .map(([sk, { version, value }]) => ({ sk, version, value }))
            .sort((a, b) => (a.sk < b.sk ? -1 : 1)),
        );
      }
    }),
    { numRuns: runs },
  );
}

/** Segment after segment, page after page. */
async function scanAll(table: Table, of: number, limit: number): Promise<readonly Item[]> {
  const items: Item[] = [];
  for (let segment = 0; segment < of; segment += 1) {
    let scan: Scan = { table: 'vault', segment, of, limit };
    for (;;) {
      const page = await table.scan(scan);
      items.push(...page.items);
      if (page.cursor === undefined) break;
      scan = { ...scan, cursor: page.cursor };
    }
  }
  return items;
}

const nameOf = ({ pk, sk }: { pk: string; sk: string }) => `${pk} ${sk}`;

/** Law 6, on a table that grows from case to case. */
export async function scansEverythingOnce(table: Table, runs: number): Promise<void> {
  const all = new Map<string, { pk: string; sk: string }>();
  const place = fc.record({
    pk: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
    sk: fc.constantFrom('a', 'b', 'c', 'd'),
  });
  const segments = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constantFrom(64));
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(place, { minLength: 1, maxLength: 20, selector: nameOf }),
      segments,
      fc.integer({ min: 1, max: 30 }),
      async (places, of, limit) => {
        await table.commit(places.map((key) => ({ put: { table: 'vault', ...key }, value: {} })));
        for (const key of places) all.set(nameOf(key), key);

        const found = await scanAll(table, of, limit);

        expect(found.map(nameOf).sort()).toEqual([...all.keys()].sort());
        const together = [...groupBy(found, ({ pk }) => pk).values()];
        expect(found.map(nameOf)).toEqual(together.flat().map(nameOf));
        for (const group of together) {
          expect(group.map(({ sk }) => sk)).toEqual(group.map(({ sk }) => sk).sort());
        }
      },
    ),
    { numRuns: runs },
  );
}
