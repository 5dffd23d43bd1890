import { describe, expect, it } from 'vitest';
import {
  type Claim,
  exceptionOf,
  isCovered,
  paidBack,
} from '../../../../../shared/domain/returns/exceptions.ts';
import { anEvent, aReturn } from '../../../../builders/an-event.ts';

describe('an exception', () => {
  it('is none where nothing is claimed', () => {
    expect(exceptionOf('over-return', [])).toBeUndefined();
  });

  it('adds up what is claimed, and is as old as the oldest of it', () => {
    const at = (id: string, occurredAt: string) => aReturn(1, { id, occurredAt });
    const some = [
      { event: at('b', '2026-03-02T10:00:00.000Z'), claim: { sku: 'TEA', units: 1, amount: 30 } },
      { event: at('a', '2026-03-01T10:00:00.000Z'), claim: { units: 0, amount: 12 } },
      { event: at('c', '2026-03-03T10:00:00.000Z'), claim: {} },
    ];

    expect(exceptionOf('over-return', some)).toEqual({
      kind: 'over-return',
      since: '2026-03-01T10:00:00.000Z',
      amount: 42,
      claims: [{ id: 'b', sku: 'TEA', units: 1, amount: 30 }, { id: 'a', units: 0, amount: 12 }, { id: 'c' }],
    });
  });
});

describe('what was paid back', () => {
  const backOf = (data: object) =>
    paidBack(anEvent('return.recorded', { data: { lines: undefined, ...data } }).data);

  it.each([
    [
      'of lines is their sum',
      { lines: [1, 2].map((n) => ({ sku: 'TEA', quantity: n, unitPrice: 50 })) },
      150,
    ],
    [
      'with money beside them is both',
      { lines: [{ sku: 'TEA', quantity: 1, unitPrice: 50 }], amount: 5 },
      55,
    ],
    ['of a whole sale is what is said', { whole: true, amount: 70 }, 70],
    ['of a whole sale of which nothing is said is nothing', { whole: true }, 0],
  ])('%s', (_what, data, paid) => {
    expect(backOf(data)).toBe(paid);
  });
});

describe('a settlement covers', () => {
  const claim = (id: string, units: number, amount: number, sku = 'TEA'): Claim => ({
    id,
    sku,
    units,
    amount,
  });
  const covers = (seen: readonly Claim[], now: readonly Claim[]) =>
    isCovered({ claims: now }, { claims: seen });
  const [one, other] = [claim('r-1', 1, 100), claim('r-2', 1, 100)];

  it.each([
    ['the same claims in another order', [one, other], [other, one], true],
    ['fewer of them', [one, other], [other], true],
    ['none', [one], [], true],
    ['less of one', [claim('r-1', 2, 200)], [one], true],
    ['no further claim', [one], [one, other], false],
    ['no further goods', [one], [claim('r-1', 2, 100)], false],
    ['no further money', [one], [claim('r-1', 1, 101)], false],
    ['no other goods of the same return', [one], [claim('r-1', 1, 100, 'MUG')], false],
    ['one return with two lines of a sku, however they are split', [claim('r-1', 2, 200)], [one, one], true],
    ['no more of such lines', [one, one], [one, one, one], false],
    ['a claim without goods or money', [{ id: 'v' }], [{ id: 'v' }], true],
    ['no money where none was claimed', [{ id: 'v' }], [{ id: 'v', amount: 1 }], false],
  ] as const)('%s', (_what, seen, now, isSo) => {
    expect(covers(seen, now)).toBe(isSo);
  });
});
