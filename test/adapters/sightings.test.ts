import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sqliteSightings } from '../../shared/adapters/local/sqlite-sightings.ts';
import type { Sighting } from '../../shared/ports/sightings.ts';

function seen(...sightings: readonly Sighting[]) {
  const all = sqliteSightings();
  onTestFinished(() => all.close());
  all.see(sightings);
  return all;
}

const at = (line: number, key: string, subject: string, list = 'a'): Sighting => ({
  list,
  key,
  subject,
  line,
});

describe('sightings', () => {
  it('answer every line of a key that was seen more than once, by line', () => {
    const all = seen(at(5, 'k', 's'), at(2, 'k', 's'), at(3, 'one', 's'), at(9, 'm', 's'), at(4, 'm', 't'));

    expect([...all.repeats('a')]).toEqual([
      { line: 2, first: 2, differs: false },
      { line: 4, first: 4, differs: true },
      { line: 5, first: 2, differs: false },
      { line: 9, first: 4, differs: true },
    ]);
  });

  it('answer keys of several subjects, by their first line', () => {
    const all = seen(
      at(7, 'late', 's'),
      at(8, 'late', 't'),
      at(1, 'same', 's'),
      at(2, 'same', 's'),
      at(6, 'k', 'b'),
      at(3, 'k', 'a'),
    );

    expect([...all.shared('a')]).toEqual([
      { lines: [3, 6], subjects: ['a', 'b'] },
      { lines: [7, 8], subjects: ['s', 't'] },
    ]);
  });

  it('keep lists apart', () => {
    const all = seen(at(1, 'k', 's', 'a'), at(2, 'k', 't', 'b'));

    expect([...all.repeats('a'), ...all.shared('b')]).toEqual([]);
  });

  it('show the first hundred lines of what everybody shares', () => {
    const all = seen(...Array.from({ length: 150 }, (_, index) => at(150 - index, 'k', `s${index}`)));
    const [shared] = [...all.shared('a')];

    expect(shared?.lines).toEqual(Array.from({ length: 100 }, (_, index) => index + 1));
  });

  it('are the same in whatever order they came', () => {
    const arbitrary = fc.uniqueArray(
      fc.record({
        list: fc.constant('a'),
        key: fc.constantFrom('x', 'y', 'z'),
        subject: fc.constantFrom('s', 't'),
        line: fc.integer({ min: 1, max: 99 }),
      }),
      { maxLength: 20, selector: ({ line }) => line },
    );
    fc.assert(
      fc.property(arbitrary, (unique) => {
        const [one, two] = [sqliteSightings(), sqliteSightings()];
        one.see(unique);
        two.see([...unique].reverse());
        expect([[...two.repeats('a')], [...two.shared('a')]]).toEqual([
          [...one.repeats('a')],
          [...one.shared('a')],
        ]);
        one.close();
        two.close();
      }),
      { numRuns: 20 },
    );
  });
});
