import { describe, expect, it } from 'vitest';
import { nearest, suggestion } from '../../../../../shared/domain/segments/nearest.ts';

const known = ['atLeast', 'atMost', 'is', 'in', 'recencyDays'];

describe('the nearest name', () => {
  it.each([
    ['atLest', 'atLeast'],
    ['ATMOST', 'atMost'],
    ['recenyDay', 'recencyDays'],
    ['iz', 'is'],
    ['', undefined],
    ['banana', undefined],
    ['x'.repeat(1_000), undefined],
  ])('to %s is %s', (word, name) => {
    expect(nearest(word, known)).toBe(name);
  });

  it('is not suggested where none is near', () => {
    expect([suggestion('atLest', known), suggestion('banana', known)]).toEqual([
      " (did you mean 'atLeast'?)",
      '',
    ]);
  });
});
