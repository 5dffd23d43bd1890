import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { complaint } from '../../../../../shared/domain/kernel/complaint.ts';

const said = (schema: z.ZodType, value: unknown): string => {
  const { error } = schema.safeParse(value);
  if (error === undefined) throw new Error('nothing is wrong with it');
  return complaint(error, ['body']).message;
};

describe('what is wrong with a field is told to whoever sent it', () => {
  it.each<[string, z.ZodType, unknown, string]>([
    ['nothing', z.string(), undefined, 'body: is missing; it takes a string'],
    ['a text for an object', z.object({}), 'x', 'body: takes an object'],
    ['a text for a list', z.object({ a: z.array(z.string()) }), { a: 'x' }, 'body.a: takes a list'],
    ['a text for a yes', z.boolean(), 'yes', 'body: takes true or false'],
    ['no number that is whole', z.int(), 1.5, 'body: takes a whole number'],
    ['another word', z.enum(['email', 'sms']), 'fax', 'body: takes one of email, sms'],
    ['too short a text', z.string().min(2), 'x', 'body: takes at least 2 characters'],
    ['too long a list', z.array(z.int()).max(1), [1, 2], 'body: takes at most 1 items'],
    ['too small a number', z.number().gt(0), 0, 'body: takes more than 0'],
    [
      'our own words',
      z.string().max(1, 'is too long to be printed'),
      'xx',
      'body: is too long to be printed',
    ],
    [
      'no kind that there is',
      z.discriminatedUnion('kind', [
        z.object({ kind: z.literal('shopify') }),
        z.object({ kind: z.literal('square') }),
      ]),
      { kind: 'ebay' },
      'body.kind: takes one of shopify, square',
    ],
    [
      'neither of two forms',
      z.union([z.strictObject({ merge: z.string() }), z.strictObject({ customer: z.string() })]),
      {},
      'body: merge is missing; it takes a string; or customer is missing; it takes a string',
    ],
  ])('%s', (_what, schema, value, words) => {
    expect(said(schema, value)).toBe(words);
  });

  it('names a few of a flood of unknown fields, and none at length', () => {
    const flood = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`${'k'.repeat(100)}${n}`, n]));

    const words = said(z.strictObject({}), flood);

    expect(words).toContain('and 49995 more');
    expect(words.length).toBeLessThan(500);
  });
});
