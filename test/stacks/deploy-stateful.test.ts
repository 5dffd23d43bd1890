import { describe, expect, it } from 'vitest';
import { lostWith, replaceable } from '../../ops/deploy/stateful.ts';
import { synthesise } from './synthesised.ts';

describe('what a deployment may make anew', () => {
  const types = [...new Set(synthesise().flatMap(({ resources }) => resources.map(({ type }) => type)))];

  it.each(types)('is decided for %s, in one of the two lists of ops/deploy/stateful.ts', (type) => {
    expect([Object.hasOwn(lostWith, type), replaceable.has(type)].filter(Boolean)).toHaveLength(1);
  });

  it('is decided for no type that nothing uses', () => {
    expect([...Object.keys(lostWith), ...replaceable].filter((type) => !types.includes(type))).toEqual([]);
  });
});
