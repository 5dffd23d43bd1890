import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combineLatest, type Heard, type Latest } from '../../../../../shared/domain/customers/latest.ts';

const at = (second: number) => new Date(second * 1_000).toISOString();
const heard = (...names: readonly (readonly [string, number])[]): Latest<Heard> =>
  Object.fromEntries(names.map(([name, second]) => [name, { at: at(second) }]));
const namesIn = (latest: Latest<Heard>) => Object.keys(latest).sort();

describe('of more names than are kept', () => {
  it('those heard of last stay', () => {
    const kept = combineLatest(heard(['tea', 3], ['cup', 1]), heard(['pot', 2]), 2);

    expect(namesIn(kept)).toEqual(['pot', 'tea']);
  });

  it('an old one that is heard of again pushes out another', () => {
    const kept = combineLatest(heard(['tea', 1], ['cup', 2]), heard(['tea', 4], ['pot', 3]), 2);

    expect(namesIn(kept)).toEqual(['pot', 'tea']);
  });

  it('of one instant the greater names stay, whichever side told them', () => {
    const [a, b] = [heard(['a', 1], ['c', 1]), heard(['b', 1])];

    for (const kept of [combineLatest(a, b, 2), combineLatest(b, a, 2)])
      expect(namesIn(kept)).toEqual(['b', 'c']);
  });

  it('the same stay in any order and grouping', () => {
    const some = fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(3)), { maxLength: 6 })
      .map((all) => heard(...all));
    fc.assert(
      fc.property(some, some, some, (a, b, c) => {
        const kept = (x: Latest<Heard>, y: Latest<Heard>) => combineLatest(x, y, 3);
        expect(kept(c, kept(b, a))).toEqual(kept(kept(a, b), c));
      }),
    );
  });
});
