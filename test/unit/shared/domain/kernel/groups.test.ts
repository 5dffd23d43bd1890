import { describe, expect, it } from 'vitest';
import { groupBy, groupsOf } from '../../../../../shared/domain/kernel/groups.ts';

describe('groups', () => {
  it('hold at most so many, in order, with the rest in the last', () => {
    expect(groupsOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
    expect(groupsOf([1, 2], 2)).toEqual([[1, 2]]);
    expect(groupsOf([], 2)).toEqual([]);
  });

  it('by a key keep the order of keys and of what is under them', () => {
    const words = ['till', 'app', 'tea', 'ams', 'pot'];

    expect([...groupBy(words, (word) => word[0])]).toEqual([
      ['t', ['till', 'tea']],
      ['a', ['app', 'ams']],
      ['p', ['pot']],
    ]);
  });
});
