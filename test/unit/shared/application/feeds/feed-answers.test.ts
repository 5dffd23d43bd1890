import { describe, expect, it } from 'vitest';
import { closeAnswer } from '../../../../../shared/application/feeds/feed-answers.ts';
import type { Day } from '../../../../../shared/domain/kernel/day.ts';

describe('a close that nobody compared yet', () => {
  it('is told as one of which nothing came so far', () => {
    const shifts = { '1': { receipts: 2, sales: 300, returns: 50, first: 7, last: 8 } };

    expect(closeAnswer({ terminal: 'till-1', day: 100 as Day, shifts, version: 1 } as never)).toMatchObject({
      reconciled: false,
      told: { receipts: 2, sales: 300, returns: 50 },
      kept: { receipts: 0, sales: 0, returns: 0 },
      difference: { receipts: -2, sales: -300, returns: -50 },
    });
  });
});
