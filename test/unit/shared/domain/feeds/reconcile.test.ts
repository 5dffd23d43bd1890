import { describe, expect, it } from 'vitest';
import { type Close, compare, isReconciled } from '../../../../../shared/domain/feeds/reconcile.ts';
import type { RollEntry } from '../../../../../shared/domain/feeds/till-roll.ts';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';

const TODAY = 100 as Day;
const TOMORROW = 101 as Day;

const entry = (receipt: string, amount: number, more: Partial<RollEntry> = {}): RollEntry => ({
  terminal: 'till-1',
  kind: 'sale',
  receipt,
  part: 1,
  amount,
  ...more,
});

const compared = (
  close: Close | readonly Close[],
  today: readonly RollEntry[],
  tomorrow: readonly RollEntry[] = [],
) =>
  compare(
    [close].flat(),
    TODAY,
    new Map([
      [TODAY, today],
      [TOMORROW, tomorrow],
    ]),
  );

describe('the close of a till', () => {
  it('agrees with its receipts, each counted once, however long and however often they came', () => {
    const roll = [
      entry('1', 500),
      entry('1', 500),
      entry('2', 300),
      entry('2', 200, { part: 2 }),
      entry('3', 100, { kind: 'return' }),
    ];

    const found = compared({ receipts: 3, sales: 1_000, returns: 100 }, roll);

    expect(found.kept).toEqual({ receipts: 3, sales: 1_000, returns: 100 });
    expect(isReconciled(found)).toBe(true);
  });

  it('does not count a sale that was voided', () => {
    const roll = [entry('1', 500), entry('2', 300), entry('2', 0, { kind: 'void' })];

    expect(isReconciled(compared({ receipts: 1, sales: 500, returns: 0 }, roll))).toBe(true);
  });

  it('does not count a return that was voided, nor either half of an exchange', () => {
    const roll = [
      entry('1', 500),
      entry('2', 300, { kind: 'return' }),
      entry('2', 0, { kind: 'void' }),
      entry('3', 900),
      entry('3', 800, { kind: 'return' }),
      entry('3', 0, { kind: 'void' }),
    ];

    expect(isReconciled(compared({ receipts: 1, sales: 500, returns: 0 }, roll))).toBe(true);
  });

  it('counts a corrected sale as it was corrected last, and an exchange as one receipt', () => {
    const roll = [
      entry('1', 500),
      entry('1', 450, { kind: 'correction', part: 2 }),
      entry('1', 480, { kind: 'correction', part: 1 }),
      entry('9', 100, { kind: 'correction' }),
      entry('2', 300),
      entry('2', 200, { kind: 'return' }),
    ];

    expect(isReconciled(compared({ receipts: 2, sales: 750, returns: 200 }, roll))).toBe(true);
  });

  it('differs by a cent', () => {
    expect(isReconciled(compared({ receipts: 1, sales: 501, returns: 0 }, [entry('1', 500)]))).toBe(false);
  });

  it('adds up its shifts', () => {
    const shifts = [
      { receipts: 1, sales: 500, returns: 0 },
      { receipts: 1, sales: 300, returns: 0 },
    ];

    expect(isReconciled(compared(shifts, [entry('1', 500), entry('2', 300)]))).toBe(true);
  });

  it('takes what its numbers say to be its own, past midnight too, and names what is missing among them', () => {
    const close = { receipts: 4, sales: 1_400, returns: 0, first: 7, last: 11 };
    const today = [entry('a', 900, { sequence: 6 }), entry('b', 500, { sequence: 7 })];
    const tomorrow = [
      entry('c', 300, { sequence: 10 }),
      entry('d', 200, { sequence: 11, kind: 'other' }),
      entry('e', 700, { sequence: 12 }),
    ];

    const found = compared(close, today, tomorrow);

    expect(found.kept).toEqual({ receipts: 2, sales: 800, returns: 0 });
    expect([found.missing, found.missingCount]).toEqual([[{ from: 8, to: 9 }], 2]);
    expect(isReconciled(found)).toBe(false);
  });

  it('is compared by the day where its receipts carry no numbers', () => {
    const close = { receipts: 1, sales: 500, returns: 0, first: 7, last: 7 };

    expect(isReconciled(compared(close, [entry('b', 500)], [entry('c', 300)]))).toBe(true);
  });
});
