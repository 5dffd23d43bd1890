import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { complaint } from '../../../../../shared/domain/kernel/complaint.ts';

const about = (schema: z.ZodType, value: unknown, base: string[] = []) => {
  const { error } = schema.safeParse(value);
  return error === undefined ? undefined : complaint(error, base);
};

describe('a complaint', () => {
  it('names the field below its base', () => {
    expect(about(z.object({ a: z.array(z.string()) }), { a: ['x', 1] }, ['body'])).toMatchObject({
      code: 'invalid-field',
      path: 'body.a.1',
    });
  });

  it('about the whole names no field', () => {
    expect(about(z.object({}), 'text')).toMatchObject({
      code: 'invalid-field',
      path: '',
      message: 'the event: takes an object',
    });
  });

  it.each<[string, z.ZodType, unknown, string]>([
    ['missing', z.string(), undefined, 'is missing; it takes a string'],
    ['missing, whatever it is', z.unknown().nonoptional(), undefined, 'is missing'],
    ['null', z.object({}), null, 'is null; it takes an object'],
    ['of a wrong kind', z.string(), 1, 'takes a string'],
    ['no whole number', z.int(), 1.5, 'takes a whole number'],
    ['no yes or no', z.boolean(), 'yes', 'takes true or false'],
    ['no list', z.array(z.string()), {}, 'takes a list'],
    ['no pair', z.tuple([z.string(), z.string()]), 'x', 'takes a list'],
    ['none of the choices', z.enum(['x', 'y']), 'z', 'takes one of x, y'],
    ['not the only choice', z.literal('x'), 'z', 'takes x'],
    ['too little', z.int().min(1), 0, 'takes at least 1'],
    ['nothing', z.number().positive(), 0, 'takes more than 0'],
    ['too much', z.int().max(5), 6, 'takes at most 5'],
    ['the end of an open range', z.number().lt(5), 5, 'takes less than 5'],
    ['an empty text', z.string().min(1), '', 'takes at least 1 character'],
    ['a long text', z.string().max(3), 'abcd', 'takes at most 3 characters'],
    ['a text of another length', z.string().length(3), 'EURO', 'takes exactly 3 characters'],
    ['an empty list', z.array(z.string()).min(1), [], 'takes at least 1 item'],
    [
      'not asked for',
      z.strictObject({}),
      { b: 1, c: 2 },
      "does not know 'b', 'c'; leave it out, or look for a slip of the pen",
    ],
    ['no date', z.iso.date(), '2026-02-30', 'takes a date, for example 2026-03-14'],
    ['what only zod has a word for', z.string().startsWith('a'), 'b', 'Invalid string: must start with "a"'],
    [
      'neither text nor number',
      z.union([z.string(), z.int()]),
      1.5,
      'takes a string; or takes a whole number',
    ],
    [
      'neither of two forms',
      z.union([z.strictObject({ merge: z.string() }), z.strictObject({ customer: z.string() })]),
      {},
      'merge is missing; it takes a string; or customer is missing; it takes a string',
    ],
  ])('speaks to the sender of what is %s', (_what, schema, value, words) => {
    expect(about(z.object({ a: schema }), { a: value })?.message).toBe(`a: ${words}`);
  });

  it('names the kinds that there are', () => {
    const kinds = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('shopify') }),
      z.object({ kind: z.literal('square') }),
    ]);

    expect(about(kinds, { kind: 'ebay' })?.message).toBe('kind: takes one of shopify, square');
  });

  it('keeps the words of whoever defined the field', () => {
    const amount = z.int('must be a whole number of minor units: 1999 for 19.99');

    expect(about(z.object({ amount }), { amount: 19.99 })?.message).toBe(
      'amount: must be a whole number of minor units: 1999 for 19.99',
    );
  });

  it('names a few of a flood of unknown fields, and none at length', () => {
    const flood = Object.fromEntries(Array.from({ length: 50_000 }, (_, n) => [`${'k'.repeat(100)}${n}`, n]));

    const words = about(z.strictObject({}), flood)?.message ?? '';

    expect(words).toContain('and 49995 more');
    expect(words.length).toBeLessThan(500);
  });
});
