import { describe, expect, it } from 'vitest';
import { matches } from '../../../../../shared/domain/segments/compile-rule.ts';
import { describe as sentence } from '../../../../../shared/domain/segments/explain-rule.ts';
import { readRule } from '../../../../../shared/domain/segments/read-rule.ts';
import { operators } from '../../../../../shared/domain/segments/registry.ts';

describe.each(Object.entries(operators))('the operator %s', (word, operator) => {
  it.each(operator.examples.map((example, index) => ({ index, ...example })))(
    'answers its own example $index',
    ({ rule, customer, matches: expected }) => {
      expect(matches(customer, readRule(rule))).toBe(expected);
    },
  );

  it('shows a match and, where there can be one, a miss', () => {
    const answers = new Set(operator.examples.map((example) => example.matches));

    expect(answers).toEqual(new Set(word === 'everyone' ? [true] : [true, false]));
  });

  it('puts its examples in words', () => {
    for (const { rule } of operator.examples) expect(sentence(readRule(rule))).toMatch(/^Customers \S.*\.$/);
  });
});
