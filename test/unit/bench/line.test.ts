import { describe, expect, it } from 'vitest';
import { formatted, isMet, type Line, markdown } from '../../../bench/kit/line.ts';

const line = (value: number, budget?: Line['budget']): Line => ({
  part: 'night',
  what: 'first night',
  value,
  unit: 's',
  ...(budget && { budget }),
});

describe('a budget', () => {
  it.each([
    [59.9, { atMost: 60 }, true],
    [60, { atMost: 60 }, true],
    [60.1, { atMost: 60 }, false],
    [3_000, { atLeast: 3_000 }, true],
    [2_999, { atLeast: 3_000 }, false],
  ])('judges %d against %o as %s', (value, budget, met) => {
    expect(isMet(line(value, budget))).toBe(met);
  });

  it('that was never set is neither met nor missed', () => {
    expect(isMet(line(1))).toBeUndefined();
  });
});

describe('the report', () => {
  it('is a Markdown table with as many cells in each row', () => {
    const rows = markdown([line(24.06, { atMost: 60 }), line(80, { atMost: 60 }), line(5)]).split('\n');

    expect(new Set(rows.map((row) => row.split('|').length))).toEqual(new Set([8]));
    expect(rows.slice(2)).toEqual([
      '| night | first night | 24.1 s | at most 60 s | met |  |',
      '| night | first night | 80 s | at most 60 s | missed |  |',
      '| night | first night | 5 s |  |  |  |',
    ]);
  });

  it.each([
    [4_654.7, '4,655'],
    [24.06, '24.1'],
    [1.0345, '1.03'],
  ])('writes %d as %s', (value, text) => {
    expect(formatted(value)).toBe(text);
  });
});
