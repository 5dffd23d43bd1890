import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { worded } from '../../../../../shared/domain/events/worded.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';

/** What whoever sends a receipt with this is told. */
function toldOf(data: Record<string, unknown>): string {
  try {
    readEvent(aSubmission('sale.recorded', { data }));
    return 'taken';
  } catch (error) {
    return (error as Error).message;
  }
}

const line = (change: object) => ({ lines: [{ sku: 'TEA', quantity: 1, unitPrice: 250, ...change }] });

describe('what is said of a field that is wrong', () => {
  it.each([
    ['nothing for a list', { lines: undefined }, 'data.lines: is missing; it takes a list'],
    ['a text for a list', { lines: 'TEA' }, 'data.lines: takes a list'],
    ['no line', { lines: [] }, 'data.lines: is empty'],
    ['nothing for a line', { lines: [null] }, 'data.lines.0: takes an object'],
    ['half a part', { part: 1.5 }, 'data.part: takes a whole number'],
    ['part 0', { part: 0 }, 'data.part: takes at least 1'],
    ['part 1001', { part: 1_001 }, 'data.part: takes at most 1000'],
    ['number 0 of the till', { sequence: 0 }, 'data.sequence: counts from 1'],
    ['an unknown channel', { channel: 'phone' }, 'data.channel: takes one of store, web, app'],
    ['a currency of four letters', { currency: 'EURO' }, 'data.currency: takes exactly 3 characters'],
    ['a blank receipt number', { receipt: ' ' }, 'data.receipt: is empty'],
    ['a long one', { receipt: '1'.repeat(65) }, 'data.receipt: takes at most 64 characters'],
    ['half a line number', line({ line: 1.5 }), 'data.lines.0.line: takes a string or a whole number'],
    [
      'half a cent',
      line({ discount: 0.5 }),
      'data.lines.0.discount: must be a whole number of minor units: 1999 for 19.99',
    ],
    ['less than nothing', line({ discount: -1 }), 'data.lines.0.discount: must not be negative'],
  ])('%s', (_what, data, told) => {
    expect(toldOf(data)).toBe(told);
  });

  const issueOf = (schema: z.ZodType, value: unknown): string => {
    const [issue] = schema.safeParse(value, { reportInput: true }).error?.issues ?? [];
    return issue === undefined ? 'taken' : worded(issue);
  };

  it.each([
    [
      'a field too many',
      z.strictObject({}),
      { more: 1, other: 2 },
      'does not know more, other; leave it out',
    ],
    ['the end of an open range', z.number().gt(0).lt(1), 0, 'takes more than 0'],
    ['its other end', z.number().gt(0).lt(1), 1, 'takes less than 1'],
    ['too few of a list', z.array(z.string()).min(2), ['a'], 'takes at least 2 items'],
    [
      'none of several objects',
      z.union([z.object({ a: z.string() }), z.object({ b: z.string() })]),
      {},
      'has none of the forms that it may have',
    ],
    ['30 February', z.iso.date(), '2026-02-30', 'takes a date, for example 2026-03-14'],
    ['what only zod has a word for', z.string().startsWith('a'), 'b', 'Invalid string: must start with "a"'],
  ])('%s', (_what, schema, value, told) => {
    expect(issueOf(schema, value)).toBe(told);
  });
});
