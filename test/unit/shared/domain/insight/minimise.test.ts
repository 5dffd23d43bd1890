import { describe, expect, it } from 'vitest';
import { minimise } from '../../../../../shared/domain/insight/minimise.ts';

/** Problems with known minima: More, Garbow and Hillstrom, "Testing Unconstrained Optimization Software" (1981). */
const problems = [
  {
    name: "Rosenbrock's valley",
    of: ([x = 0, y = 0]: readonly number[]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2,
    start: [-1.2, 1],
    minimum: [1, 1],
  },
  {
    name: "Powell's singular function",
    of: ([a = 0, b = 0, c = 0, d = 0]: readonly number[]) =>
      (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4,
    start: [3, -1, 0, 1],
    minimum: [0, 0, 0, 0],
  },
  {
    name: 'a bowl beside a wall of values that are not finite',
    of: ([x = 0]: readonly number[]) => (x < 0.5 ? Number.NaN : (x - 1) ** 2),
    start: [4],
    minimum: [1],
  },
];

describe('minimising', () => {
  it.each(problems)('finds the minimum of $name', ({ of, start, minimum }) => {
    const found = minimise(of, start, { tolerance: 1e-13 });

    expect(found.status).toBe('converged');
    for (const [axis, at] of minimum.entries()) expect(found.at[axis]).toBeCloseTo(at, 2);
  });

  it('gives the value at the place it names', () => {
    const found = minimise(([x = 0]) => 3 + (x - 2) ** 2, [0]);

    expect(found).toMatchObject({ status: 'converged', value: 3 + ((found.at[0] ?? 0) - 2) ** 2 });
    expect(found.at[0]).toBeCloseTo(2, 4);
  });

  it('says so when its evaluations are used up, and how far it came', () => {
    const found = minimise(([x = 0, y = 0]) => 100 * (y - x * x) ** 2 + (1 - x) ** 2, [-1.2, 1], {
      evaluations: 25,
    });

    expect(found).toMatchObject({ status: 'stopped', because: 'iterations' });
    expect(found.at).not.toEqual([-1.2, 1]);
  });

  it('says so when there is no finite value to start from', () => {
    expect(minimise(() => Number.NaN, [1, 2])).toEqual({
      status: 'stopped',
      because: 'not-finite',
      at: [1, 2],
    });
  });

  it('shrinks towards the best corner where no single move helps', () => {
    const found = minimise(
      ([x = 0, y = 0]) => Math.max(Math.abs(x - 1), Math.abs(y - 1)) + 0.01 * Math.abs(x - y),
      [9, -7],
    );

    expect(found.status).toBe('converged');
    expect(found.at[0]).toBeCloseTo(1, 2);
    expect(found.at[1]).toBeCloseTo(1, 2);
  });
});
