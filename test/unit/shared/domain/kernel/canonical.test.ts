import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../../../shared/domain/kernel/canonical.ts';

const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, entry]) => [key, reversed(entry)]),
  );
};

describe('canonical JSON', () => {
  it('sorts keys at every depth, keeps the order of lists, and leaves out what is undefined', () => {
    expect(canonicalJson({ b: 1, a: [{ d: null, c: undefined }, 'x'], 'é"': true })).toBe(
      '{"a":[{"d":null},"x"],"b":1,"é\\"":true}',
    );
    expect(canonicalJson([undefined, 1])).toBe('[null,1]');
    expect(canonicalJson(undefined)).toBe('null');
  });

  it('is equal for equal values in whatever order they were built, and says the same as JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('differs for different values', () => {
    const texts = [{ a: 1 }, { a: '1' }, { a: [1] }, { a: { 1: 1 } }, {}, [], null, '', 0].map(canonicalJson);

    expect(new Set(texts).size).toBe(texts.length);
  });
});
