import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileRule, matches } from '../../../../../shared/domain/segments/compile-rule.ts';
import {
  type Explanation,
  explain,
  describe as sentence,
} from '../../../../../shared/domain/segments/explain-rule.ts';
import { anyCustomer, anyRule } from './arbitraries.ts';

const someRules = fc.array(anyRule, { minLength: 1, maxLength: 4 });

describe('the algebra of rules', () => {
  it('obeys De Morgan', () => {
    fc.assert(
      fc.property(anyCustomer, someRules, (customer, rules) => {
        const negated = rules.map((rule) => ({ not: rule }));

        expect(matches(customer, { not: { and: rules } })).toBe(matches(customer, { or: negated }));
        expect(matches(customer, { not: { or: rules } })).toBe(matches(customer, { and: negated }));
      }),
    );
  });

  it('takes two negations back', () => {
    fc.assert(
      fc.property(anyCustomer, anyRule, (customer, rule) => {
        expect(matches(customer, { not: { not: rule } })).toBe(matches(customer, rule));
        expect(matches(customer, { not: rule })).toBe(!matches(customer, rule));
      }),
    );
  });

  it('reads and and or with one rule as that rule', () => {
    fc.assert(
      fc.property(anyCustomer, anyRule, (customer, rule) => {
        const alone = matches(customer, rule);

        expect([matches(customer, { and: [rule] }), matches(customer, { or: [rule] })]).toEqual([
          alone,
          alone,
        ]);
        expect(sentence({ and: [rule] })).toBe(sentence(rule));
      }),
    );
  });

  it('does not care about the order of rules', () => {
    fc.assert(
      fc.property(
        anyCustomer,
        someRules.chain((rules) =>
          fc.tuple(fc.constant(rules), fc.shuffledSubarray(rules, { minLength: rules.length })),
        ),
        (customer, [rules, shuffled]) => {
          expect(matches(customer, { and: shuffled })).toBe(matches(customer, { and: rules }));
          expect(matches(customer, { or: shuffled })).toBe(matches(customer, { or: rules }));
        },
      ),
    );
  });

  it('lets nobody in by one more condition', () => {
    fc.assert(
      fc.property(anyCustomer, anyRule, anyRule, (customer, rule, more) => {
        if (matches(customer, { and: [rule, more] })) expect(matches(customer, rule)).toBe(true);
        if (matches(customer, rule)) expect(matches(customer, { or: [rule, more] })).toBe(true);
      }),
    );
  });
});

const nodes = (explanation: Explanation): Explanation[] => [explanation, ...explanation.parts.flatMap(nodes)];

describe('an explanation', () => {
  it('agrees with the answer, at every node', () => {
    fc.assert(
      fc.property(anyCustomer, anyRule, (customer, rule) => {
        const explained = explain(customer, rule);

        expect(explained.answer).toBe(compileRule(rule)(customer));
        expect(explained.sentence).toBe(sentence(rule));
        for (const { sentence: words } of nodes(explained)) expect(words).toMatch(/^Customers .+\.$/);
      }),
    );
  });

  it('is a tree whose answers follow from those below', () => {
    fc.assert(
      fc.property(anyCustomer, someRules, (customer, rules) => {
        const both = explain(customer, { and: rules });
        const either = explain(customer, { or: rules });

        expect(both.answer).toBe(both.parts.every(({ answer }) => answer));
        expect(either.answer).toBe(either.parts.some(({ answer }) => answer));
      }),
    );
  });
});
