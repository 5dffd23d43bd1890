import { describe, expect, it } from 'vitest';
import { remember } from '../../../../../shared/domain/import/remember.ts';

describe('a function that remembers', () => {
  it('works once for one text', () => {
    const asked: string[] = [];
    const lengthOf = remember((text) => asked.push(text) && text.length);

    expect([lengthOf('a'), lengthOf('bb'), lengthOf('a')]).toEqual([1, 2, 1]);
    expect(asked).toEqual(['a', 'bb']);
  });

  it('forgets before a column of endless different texts fills the memory', () => {
    const asked: string[] = [];
    const lengthOf = remember((text) => asked.push(text) && text.length);

    for (let number = 0; number <= 20_000; number += 1) lengthOf(String(number));

    lengthOf('20000');
    expect(asked).toHaveLength(20_001);
    lengthOf('0');
    expect(asked).toHaveLength(20_002);
  });
});
