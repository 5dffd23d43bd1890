import { describe, expect, it } from 'vitest';
import { fractionOf } from '../../../../../shared/domain/kernel/fraction.ts';
import { explain, describe as sentence } from '../../../../../shared/domain/segments/explain-rule.ts';
import { readRule } from '../../../../../shared/domain/segments/read-rule.ts';
import { aCustomer, aCustomerId } from '../../../../builders/a-customer.ts';

describe('a rule in words', () => {
  it.each<[rule: unknown, words: string]>([
    [{ everyone: true }, 'Customers of any kind.'],
    [{ trait: 'recencyDays', atMost: 90 }, 'Customers whose time since the last order is at most 90 days.'],
    [{ trait: 'recencyDays', atMost: 1 }, 'Customers whose time since the last order is at most 1 day.'],
    [{ trait: 'spent', atLeast: 5000 }, 'Customers whose net spend is at least 5000 minor units.'],
    [{ trait: 'orders', is: 3 }, 'Customers whose number of orders is 3.'],
    [
      { trait: 'rfm.cell', in: ['champions', 'loyal', 'new'] },
      'Customers whose RFM cell is champions, loyal, or new.',
    ],
    [{ trait: 'churn.probability', atLeast: 0.6 }, 'Customers whose probability of churn is at least 0.6.'],
    [{ trait: 'enrolled', is: true }, 'Customers who are enrolled as a member.'],
    [{ trait: 'enrolled', is: false }, 'Customers who are not enrolled as a member.'],
    [{ trait: 'language', exists: true }, 'Customers whose language is known.'],
    [{ trait: 'language', exists: false }, 'Customers whose language is not known.'],
    [
      { trait: 'store.ams-01.net', atLeast: 1 },
      "Customers whose net spend in store 'ams-01' is at least 1 minor unit.",
    ],
    [{ random: 0.07, seed: 'spring' }, "Customers in the random 7 % drawn by 'spring'."],
    [
      {
        and: [
          { trait: 'orders', atLeast: 2 },
          { or: [{ everyone: true }, { not: { trait: 'tier', is: 'gold' } }] },
        ],
      },
      'Customers whose number of orders is at least 2 and (of any kind or not (whose value tier is gold)).',
    ],
  ])('%j reads well', (rule, words) => {
    expect(sentence(readRule(rule))).toBe(words);
  });
});

describe('an explanation for one customer', () => {
  const rule = readRule({
    and: [
      { trait: 'recencyDays', atMost: 5 },
      { trait: 'language', is: 'nl' },
      { trait: 'churn.band', exists: false },
      { random: 1, seed: 'spring' },
    ],
  });

  it('says node by node what was asked, what the customer has, and the answer', () => {
    expect(explain(aCustomer({ purchases: [{ ago: 10 }] }), rule)).toEqual({
      sentence: sentence(rule),
      answer: false,
      parts: [
        {
          sentence: 'Customers whose time since the last order is at most 5 days.',
          answer: false,
          actual: 10,
          parts: [],
        },
        { sentence: 'Customers whose language is nl.', answer: false, actual: null, parts: [] },
        { sentence: 'Customers whose churn risk is not known.', answer: true, actual: null, parts: [] },
        {
          sentence: "Customers in the random 100 % drawn by 'spring'.",
          answer: true,
          actual: fractionOf(`sample/spring/${aCustomerId(1)}`),
          parts: [],
        },
      ],
    });
  });
});
