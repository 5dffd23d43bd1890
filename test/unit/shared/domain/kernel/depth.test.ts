import { describe, expect, it } from 'vitest';
import { isDeeperThan } from '../../../../../shared/domain/kernel/depth.ts';

describe('the depth of data', () => {
  it.each([
    ['a number', 1, 0],
    ['null', null, 0],
    ['an empty list', [], 1],
    ['an object', { a: 1 }, 1],
    ['a list in an object in a list', [0, { a: [1] }], 3],
  ])('of %s', (_what, value, depth) => {
    expect(isDeeperThan(depth, value)).toBe(false);
    expect(isDeeperThan(depth - 1, value)).toBe(depth > 0);
  });

  it('is found without going to the bottom', () => {
    expect(isDeeperThan(32, JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`))).toBe(true);
  });
});
