import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addEntry,
  type BottomK,
  combineSamples,
  emptySample,
  noEntries,
  settled,
  smallest,
} from '../../../../../shared/domain/insight/bottom-k.ts';
import { fractionOf } from '../../../../../shared/domain/kernel/fraction.ts';

const K = 10;
const sampleOf = (ids: readonly string[], size = K): BottomK<number> => {
  const sample = emptySample<number>(size);
  for (const id of ids) addEntry(sample, id, id.length);
  return sample;
};

const idsOf = (sample: BottomK<number>, k = K): string[] => smallest(sample, k).map(({ id }) => id);

const byFraction = (ids: readonly string[], k: number): string[] =>
  [...ids].sort((a, b) => fractionOf(a) - fractionOf(b)).slice(0, k);

const manyIds = fc
  .uniqueArray(fc.integer({ min: 0, max: 100_000 }), { maxLength: 120 })
  .map((all) => all.map((n) => `member_${n}`));

describe('a bottom-k sample', () => {
  it('keeps the k ids with the smallest fractions, in whatever order they come', () => {
    fc.assert(
      fc.property(manyIds, (ids) => {
        expect(idsOf(sampleOf(ids))).toEqual(byFraction(ids, K));
        expect(settled(sampleOf(ids))).toEqual(settled(sampleOf([...ids].reverse())));
      }),
    );
  });

  it('never holds more than a quarter above its size', () => {
    const sample = emptySample<number>(100);
    for (let index = 0; index < 5_000; index += 1) {
      addEntry(sample, `member_${index}`, index);
      expect(sample.entries.length).toBeLessThanOrEqual(125);
    }
  });

  it('carries the value of each entry', () => {
    expect(smallest(sampleOf(['member_1']), 1)).toEqual([
      { id: 'member_1', fraction: fractionOf('member_1'), value: 8 },
    ]);
  });

  it('lets two ids with one fraction at the cut go together', () => {
    const entries = ['a', 'b', 'c'].map((id, index) => ({ id, fraction: index === 0 ? 0.1 : 0.2, value: 1 }));

    expect(settled({ size: 2, bound: 1, entries })).toEqual({ size: 2, bound: 0.2, entries: [entries[0]] });
  });

  it('orders ids that share a fraction by themselves', () => {
    const entries = ['b', 'a', 'c'].map((id) => ({ id, fraction: 0.2, value: 1 }));

    expect(settled({ size: 3, bound: 1, entries }).entries.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
    expect(settled({ size: 3, bound: 1, entries: [...entries, ...entries] }).entries).toEqual([]);
  });
});

describe('bottom-k samples are a commutative monoid', () => {
  it('grouping and order do not matter, whatever the sizes', () => {
    const sized = fc.tuple(manyIds, fc.integer({ min: 1, max: 30 }));
    fc.assert(
      fc.property(sized, sized, sized, ([a, ka], [b, kb], [c, kc]) => {
        const [x, y, z] = [sampleOf(own('x', a), ka), sampleOf(own('y', b), kb), sampleOf(own('z', c), kc)];
        const all = combineSamples(combineSamples(x, y), z);
        expect(combineSamples(x, combineSamples(y, z))).toEqual(all);
        expect(combineSamples(combineSamples(z, x), y)).toEqual(all);
      }),
    );
  });

  it('adding nothing changes nothing', () => {
    fc.assert(
      fc.property(manyIds, (ids) => {
        expect(combineSamples(sampleOf(ids), noEntries)).toEqual(settled(sampleOf(ids)));
        expect(combineSamples(noEntries, sampleOf(ids))).toEqual(settled(sampleOf(ids)));
      }),
    );
  });

  it('any split into shards gives the sample of the whole', () => {
    fc.assert(
      fc.property(manyIds, fc.integer({ min: 1, max: 5 }), (ids, shards) => {
        const parts = Array.from({ length: shards }, (_, shard) =>
          sampleOf(ids.filter((_id, index) => index % shards === shard)),
        );
        expect(idsOf(parts.reduce(combineSamples))).toEqual(byFraction(ids, K));
      }),
    );
  });

  it('shards that keep less than the whole still leave an even sample: everything below the bound', () => {
    const ids = Array.from({ length: 2_000 }, (_, index) => `member_${index}`);
    const parts = [0, 1, 2, 3].map((shard) =>
      sampleOf(
        ids.filter((_id, index) => index % 4 === shard),
        50,
      ),
    );
    const { bound, entries } = parts.reduce(combineSamples);

    expect(entries.map(({ id }) => id)).toEqual(
      byFraction(ids, ids.length).filter((id) => fractionOf(id) < bound),
    );
    expect(entries.length).toBeGreaterThan(120);
  });
});

const own = (prefix: string, ids: readonly string[]): string[] => ids.map((id) => `${prefix}${id}`);
