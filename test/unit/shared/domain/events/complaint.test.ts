import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { complaint } from '../../../../../shared/domain/events/complaint.ts';

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
    expect(about(z.object({}), 'text')).toMatchObject({ code: 'invalid-field', path: '' });
  });

  it.each([
    ['missing', z.string(), undefined, 'is missing; it takes a string'],
    ['null', z.object({}), null, 'is null; it takes an object'],
    ['of a wrong kind', z.string(), 1, 'takes a string'],
    ['no whole number', z.int(), 1.5, 'takes a whole number'],
    ['no list', z.array(z.string()), {}, 'takes a list'],
    ['no pair', z.tuple([z.string(), z.string()]), 'x', 'takes a list'],
    ['none of the choices', z.enum(['x', 'y']), 'z', 'takes one of x, y'],
    ['too little', z.int().min(1), 0, 'takes at least 1'],
    ['nothing', z.number().positive(), 0, 'takes more than 0'],
    ['too much', z.int().max(5), 6, 'takes at most 5'],
    ['an empty text', z.string().min(1), '', 'takes at least 1 character'],
    ['a long text', z.string().max(3), 'abcd', 'takes at most 3 characters'],
    ['an empty list', z.array(z.string()).min(1), [], 'takes at least 1 item'],
    ['not asked for', z.strictObject({}), { b: 1, c: 2 }, "takes no 'b', 'c'"],
    ['no date', z.iso.date(), '14-03-2026', 'takes a date, for example 2026-03-14'],
  ])('speaks to the sender of what is %s', (_what, schema, value, words) => {
    expect(about(z.object({ a: schema }), { a: value })?.message).toBe(`a: ${words}`);
  });

  it('keeps the words of whoever defined the field', () => {
    const amount = z.int('must be a whole number of minor units: 1999 for 19.99');

    expect(about(z.object({ amount }), { amount: 19.99 })?.message).toBe(
      'amount: must be a whole number of minor units: 1999 for 19.99',
    );
  });
});
