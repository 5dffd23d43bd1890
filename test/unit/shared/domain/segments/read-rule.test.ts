import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInput } from '../../../../../shared/domain/kernel/errors.ts';
import { compileRule } from '../../../../../shared/domain/segments/compile-rule.ts';
import { DEEPEST, MOST_NODES, readRule } from '../../../../../shared/domain/segments/read-rule.ts';
import type { Rule } from '../../../../../shared/domain/segments/registry.ts';
import { anyRule } from './arbitraries.ts';

const orders = { trait: 'orders', atLeast: 2 };

/** The refusal of a rule. */
function refusal(raw: unknown): Pick<InvalidInput, 'code' | 'path' | 'message'> {
  try {
    readRule(raw);
  } catch (error) {
    if (error instanceof InvalidInput) return { code: error.code, path: error.path, message: error.message };
    throw error;
  }
  return { code: 'none', path: '', message: 'the rule was taken' };
}

const nested = (depth: number): unknown => (depth === 1 ? orders : { not: nested(depth - 1) });

describe('a rule without a slip', () => {
  it('is taken as it is', () => {
    const rule = { and: [orders, { or: [{ everyone: true }, { not: { random: 0.1, seed: 'spring' } }] }] };

    expect(readRule(rule)).toEqual(rule);
  });

  it('is taken whatever its operators are', () => {
    fc.assert(
      fc.property(anyRule, (rule) => {
        expect(readRule(JSON.parse(JSON.stringify(rule)))).toEqual(rule);
      }),
    );
  });

  it(`may be ${DEEPEST} deep, and no deeper`, () => {
    expect(refusal(nested(DEEPEST)).code).toBe('none');
    expect(refusal(nested(DEEPEST + 1))).toMatchObject({
      code: 'invalid-rule',
      path: Array(DEEPEST).fill('not').join('.'),
      message: expect.stringContaining('at most 10 deep'),
    });
  });

  it(`may have ${MOST_NODES} nodes, and no more`, () => {
    const wide = (parts: number) => ({ or: Array(parts).fill(orders) });

    expect(refusal(wide(MOST_NODES - 1)).code).toBe('none');
    expect(refusal(wide(MOST_NODES))).toMatchObject({
      code: 'invalid-rule',
      path: `or.${MOST_NODES - 1}`,
      message: expect.stringContaining('at most 200 nodes'),
    });
  });
});

describe('a rule with a slip', () => {
  it.each<[what: string, raw: unknown, path: string, ...messages: string[]]>([
    [
      'a misspelt operator',
      { and: [orders, { trait: 'orders', atLest: 1 }] },
      'and.1.atLest',
      "'atLest'",
      "'atLeast'?",
      'known operators are and, or, not',
    ],
    [
      'a misspelt trait',
      { not: { trait: 'recencyDay', atMost: 1 } },
      'not.trait',
      "'recencyDays'?",
      'known traits are orders',
    ],
    [
      'a misspelt measure of a store',
      { trait: 'store.ams-01.nett', atLeast: 1 },
      'trait',
      "'store.ams-01.net'?",
    ],
    ['a misspelt group', { trait: 'stores.ams.01.net', atLeast: 1 }, 'trait', "'store.ams.01.net'?"],
    ['a store without a name', { trait: 'store..net', atLeast: 1 }, 'trait', "no trait 'store..net'"],
    [
      'a trait that is a word of JavaScript',
      { trait: 'constructor', exists: true },
      'trait',
      "no trait 'constructor'",
    ],
    [
      'an unknown key beside an operator',
      { ...orders, atMots: 9 },
      'atMots',
      "not known beside 'atLeast'",
      'allowed are trait, atLeast',
    ],
    ['a key of another operator', { everyone: true, seed: 'x' }, 'seed', "not known beside 'everyone'"],
    ['two operators', { ...orders, atMost: 9 }, 'atMost', "stands beside 'atLeast'", 'join two with and'],
    ['no operator', { or: [{}] }, 'or.0', 'has no operator', 'known operators are'],
    ['a trait and no operator', { trait: 'orders' }, '', 'the rule: has no operator'],
    ['a list for a rule', [orders], '', 'the rule: must be an object'],
    ['null for a rule', { not: null }, 'not', 'must be an object'],
    ['a text for a rule', 'everyone', '', 'must be an object'],
    [
      'a text trait with atLeast',
      { trait: 'language', atLeast: 3 },
      'atLeast',
      "'language' is a text trait",
      'use is or in',
    ],
    [
      'a boolean trait with in',
      { trait: 'enrolled', in: [1] },
      'in',
      "'enrolled' is a boolean trait",
      'use is',
    ],
    [
      'a value outside a closed set',
      { trait: 'rfm.cell', is: 'champion' },
      'is',
      'never "champion"',
      "'champions'?",
      'potential-loyalists',
    ],
    [
      'one of many outside a closed set',
      { trait: 'tier', in: ['gold', 'silver'] },
      'in',
      'never "silver"',
      'diamond, platinum',
    ],
    [
      'a percentage for a probability',
      { trait: 'churn.probability', atMost: 60 },
      'atMost',
      'never 60',
      'a number from 0 to 1',
    ],
    ['a quintile of 0', { trait: 'rfm.recency', atLeast: 0 }, 'atLeast', 'never 0', 'from 1 to 5'],
    ['a number written as a text', { trait: 'orders', is: '3' }, 'is', 'never "3"', 'a number'],
    ['a text for days', { trait: 'recencyDays', is: 'today' }, 'is', 'a number of days'],
    ['a text for true', { trait: 'enrolled', is: 'yes' }, 'is', 'never "yes"', 'true or false'],
    ['a number for a text', { trait: 'language', is: 3 }, 'is', 'never 3', 'a text'],
    ['a text where a number belongs', { trait: 'orders', atLeast: '3' }, 'atLeast', 'takes a number'],
    [
      'the existence of a sum',
      { trait: 'orders', exists: false },
      'exists',
      'always has a value',
      'use atLeast or atMost',
    ],
    [
      'the existence of a store sum',
      { trait: 'store.web.net', exists: false },
      'exists',
      'always has a value',
    ],
    [
      'the existence of consent',
      { trait: 'consent.email', exists: true },
      'exists',
      'always has a value',
      'granted, withdrawn',
    ],
    ['the existence of an unknown trait', { trait: 'languages', exists: true }, 'trait', "'language'?"],
    ['existence that is no boolean', { trait: 'language', exists: 'yes' }, 'exists', 'takes true or false'],
    ['no rules within and', { and: [] }, 'and', 'at least one rule'],
    ['no rules within or', { or: [] }, 'or', 'at least one rule'],
    ['a rule for a list of rules', { or: orders }, 'or', 'takes a list of rules'],
    ['no values within in', { trait: 'language', in: [] }, 'in', 'at least one value'],
    ['a boolean within in', { trait: 'language', in: ['nl', true] }, 'in.1', 'takes numbers or texts'],
    ['everyone: false', { everyone: false }, 'everyone', 'takes only true'],
    ['a percentage for a share', { random: 10, seed: 'x' }, 'random', '0.1 for 10 %'],
    ['a share of nobody', { random: 0, seed: 'x' }, 'random', 'above 0'],
    ['a sample without a seed', { random: 0.1 }, 'seed', 'takes a name'],
    ['a seed without a sample', { seed: 'x' }, '', 'has no operator'],
    ['a trait that is no text', { trait: 7, atLeast: 1 }, 'trait', 'name a trait'],
  ])('%s is refused with its place and the way out', (_what, raw, path, ...messages) => {
    const { code, path: where, message } = refusal(raw);

    expect({ code, path: where }).toEqual({ code: 'invalid-rule', path });
    for (const part of messages) expect(message).toContain(part);
  });

  it('is found before its nesting can hurt', () => {
    expect(refusal(JSON.parse(`${'{"not":'.repeat(5_000)}1${'}'.repeat(5_000)}`)).path).toBe(
      Array(DEEPEST).fill('not').join('.'),
    );
  });
});

describe('a rule that nobody read', () => {
  it('is not compiled', () => {
    expect(() => compileRule({} as Rule)).toThrow('No operator: only rules that were read may be used');
    expect(() => compileRule({ trait: 'nothing', atLeast: 1 })).toThrow("No trait 'nothing'");
  });
});
