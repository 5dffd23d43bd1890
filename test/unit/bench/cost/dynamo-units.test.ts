import { describe, expect, it } from 'vitest';
import { itemSize, readUnits, storedSize, writeUnits } from '../../../../bench/cost/dynamo-units.ts';

const KB = 1_024;

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/CapacityUnitCalculations.html */
describe("an item's size", () => {
  it.each([
    ['a text by its UTF-8 bytes, and its name', { name: 'Zoë' }, 4 + 4],
    ['a name beyond ASCII', { ë: 'a' }, 2 + 1],
    ['a number by two digits a byte and one more', { n: 1234 }, 1 + 3],
    ['a number of an odd count of digits', { n: 12345 }, 1 + 4],
    ['zeroes at either end of a number as nothing', { n: 1_200_000 }, 1 + 2],
    ['a fraction without its point and its first zeroes', { n: 0.0012 }, 1 + 2],
    ['a zero', { n: 0 }, 1 + 1],
    ['a number beyond 2^53', { n: 12_345_678_901_234_567_890n }, 1 + 11],
    ['bytes as they are', { b: new Uint8Array(100) }, 1 + 100],
    ['yes, no and nothing with one byte', { yes: true, no: false, none: null }, 3 + 1 + 2 + 1 + 4 + 1],
    ['an empty map with three', { counts: {} }, 6 + 3],
    ['a map with three, and one for each element', { m: { a: 'x', b: 'y' } }, 1 + 3 + 2 * (1 + 1 + 1)],
    ['a list with three, and one for each element', { l: ['x', 'y'] }, 1 + 3 + 2 * (1 + 1)],
  ])('counts %s', (_what, item, size) => {
    expect(itemSize(item)).toBe(size);
  });

  it('has no rule for what no adapter writes', () => {
    expect(() => itemSize({ set: new Set(['a']) })).toThrow('no rule');
  });

  it('takes a hundred bytes more of storage, for indexing', () => {
    expect(storedSize(200)).toBe(300);
  });
});

/** https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html and its pricing page. */
describe('the units of a read', () => {
  it.each([
    ['3.5 KB', 3.5 * KB, 'consistent', 1],
    ['10 KB', 10 * KB, 'consistent', 3],
    ['8 KB', 8 * KB, 'consistent', 2],
    ['8 KB', 8 * KB, 'eventual', 1],
    ['8 KB', 8 * KB, 'transaction', 4],
    ['nothing', 0, 'consistent', 1],
    ['nothing', 0, 'eventual', 0.5],
  ] as const)("of %s (%d bytes), %s, are AWS's %d", (_what, bytes, consistency, units) => {
    expect(readUnits(bytes, consistency)).toBe(units);
  });

  it('of a batch are rounded item by item: 1.5 KB and 6.5 KB are 12 KB', () => {
    expect(readUnits(1.5 * KB, 'consistent') + readUnits(6.5 * KB, 'consistent')).toBe(12 / 4);
  });

  it('of a query are rounded once: 40.8 KB are 44 KB', () => {
    expect(readUnits(40.8 * KB, 'consistent')).toBe(44 / 4);
  });
});

describe('the units of a write', () => {
  it.each([
    ['3 KB', 0, 3 * KB, false, 3],
    ['3 KB in a transaction', 0, 3 * KB, true, 6],
    ['500 bytes', 0, 500, false, 1],
    ['a byte more than a kilobyte', 0, KB + 1, false, 2],
    ['what was larger before', 2.5 * KB, 100, false, 3],
    ['a delete, by what stood there', 1.5 * KB, 0, false, 2],
    ['a delete of nothing', 0, 0, false, 1],
  ])("of %s, from %d to %d bytes, are AWS's", (_what, before, after, transaction, units) => {
    expect(writeUnits(before, after, { transaction })).toBe(units);
  });
});
