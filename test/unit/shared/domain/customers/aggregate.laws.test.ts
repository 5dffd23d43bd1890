import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { combine, nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { fold, measure } from '../../../../../shared/domain/customers/measure.ts';
import { fromStored, toStored } from '../../../../../shared/domain/customers/stored-aggregate.ts';
import { events } from '../../../../builders/arbitrary-events.ts';

const shuffledOf = (all: fc.Arbitrary<Parameters<typeof fold>[1][number][]>) =>
  all.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })));

describe('aggregates are a commutative monoid', () => {
  it('any order of the same events gives the same aggregate', () => {
    fc.assert(
      fc.property(shuffledOf(events()), ([list, shuffled]) => {
        expect(fold(nobody, shuffled)).toEqual(fold(nobody, list));
      }),
    );
  });

  it('any split of the same events adds up to the same aggregate', () => {
    fc.assert(
      fc.property(shuffledOf(events()), fc.nat(25), fc.nat(25), ([list, shuffled], a, b) => {
        const [from, to] = [Math.min(a, b), Math.max(a, b)];
        const parts = [shuffled.slice(0, from), shuffled.slice(from, to), shuffled.slice(to)].map((part) =>
          fold(nobody, part),
        );
        expect(parts.reduce(combine)).toEqual(fold(nobody, list));
        expect(parts.reduceRight((sum, part) => combine(part, sum))).toEqual(fold(nobody, list));
      }),
    );
  });

  it('nobody changes nothing', () => {
    fc.assert(
      fc.property(events(), (list) => {
        const state = fold(nobody, list);
        expect(combine(state, nobody)).toEqual(state);
        expect(combine(nobody, state)).toEqual(state);
        expect(combine(state, { ...nobody })).toEqual(state);
      }),
    );
  });

  it('what is stored comes back as it was', () => {
    fc.assert(
      fc.property(events(), (list) => {
        const state = fold(nobody, list);
        expect(fromStored(JSON.parse(JSON.stringify(toStored(state))))).toEqual(state);
      }),
    );
  });

  it('a signal told twice counts once while it is remembered', () => {
    fc.assert(
      fc.property(events(20), (list) => {
        const signals = list.filter(({ type }) => type === 'product.viewed');
        expect(fold(nobody, [...signals, ...signals]).signals).toEqual(fold(nobody, signals).signals);
      }),
    );
  });

  it('the aggregate of one event is its measure', () => {
    fc.assert(
      fc.property(events(1), ([event]) => {
        expect(event && fold(nobody, [event])).toEqual(event && measure(event));
      }),
    );
  });
});
