import { describe, expect, it } from 'vitest';
import { solvePositive } from '../../../../../shared/domain/insight/linear-algebra.ts';
import { fitLogistic, type LabelledRow } from '../../../../../shared/domain/insight/logistic-regression.ts';
import { logistic } from '../../../../../shared/domain/insight/special-functions.ts';
import { seeded } from './synthetic.ts';

describe('solving a symmetric positive system', () => {
  it('finds the solution of a small one', () => {
    const solution = solvePositive(
      [
        [4, 2, 0.6],
        [2, 5, 1],
        [0.6, 1, 3],
      ],
      [1, 2, 3],
    );

    const [x = 0, y = 0, z = 0] = solution ?? [];
    expect(4 * x + 2 * y + 0.6 * z).toBeCloseTo(1, 12);
    expect(2 * x + 5 * y + z).toBeCloseTo(2, 12);
    expect(0.6 * x + y + 3 * z).toBeCloseTo(3, 12);
  });

  it('has no answer where the matrix is not positive definite or not a number', () => {
    expect(
      solvePositive(
        [
          [1, 2],
          [2, 1],
        ],
        [1, 1],
      ),
    ).toBeUndefined();
    expect(solvePositive([[Number.NaN]], [1])).toBeUndefined();
  });
});

describe('ridge logistic regression', () => {
  it('without penalty meets the log-odds of a two by two table', () => {
    // 30 of 40 against 10 of 40: log-odds ln 3 and -ln 3.
    const rows: LabelledRow[] = [0, 1].flatMap((column) =>
      Array.from(
        { length: 40 },
        (_, index) => ({ columns: [column], label: index < (column === 1 ? 30 : 10) ? 1 : 0 }) as const,
      ),
    );
    const model = fitLogistic(rows, 0);

    expect(model?.intercept).toBeCloseTo(-Math.log(3), 8);
    expect(model?.coefficients[0]).toBeCloseTo(2 * Math.log(3), 8);
  });

  const random = seeded(11);
  const rows: LabelledRow[] = Array.from({ length: 4_000 }, () => {
    const columns = [random() * 2 - 1, random() * 2 - 1, random() * 2 - 1];
    const [a = 0, b = 0] = columns;
    return { columns, label: random() < logistic(0.5 + 2 * a - b) ? 1 : 0 };
  });

  it('recovers what the data were drawn from', () => {
    const model = fitLogistic(rows, 0.1);

    expect(Math.abs((model?.intercept ?? 0) - 0.5)).toBeLessThan(0.12);
    expect(Math.abs((model?.coefficients[0] ?? 0) - 2)).toBeLessThan(0.2);
    expect(Math.abs((model?.coefficients[1] ?? 0) + 1)).toBeLessThan(0.2);
    expect(Math.abs(model?.coefficients[2] ?? 1)).toBeLessThan(0.2);
  });

  it('leaves no slope: the penalised gradient is zero', () => {
    const penalty = 25;
    const model = fitLogistic(rows, penalty);
    const { intercept = 0, coefficients = [] } = model ?? {};
    const surprise = ({ columns, label }: LabelledRow): number =>
      label - logistic(columns.reduce((sum, x, index) => sum + x * (coefficients[index] ?? 0), intercept));

    expect(rows.reduce((sum, row) => sum + surprise(row), 0)).toBeCloseTo(0, 6);
    for (const [index, coefficient] of coefficients.entries()) {
      const pull = rows.reduce((sum, row) => sum + surprise(row) * (row.columns[index] ?? 0), 0);
      expect(pull).toBeCloseTo(penalty * coefficient, 6);
    }
  });

  it('shrinks with the penalty but leaves the intercept free', () => {
    const strong = fitLogistic(rows, 1e9);

    expect(Math.max(...(strong?.coefficients ?? [1]).map(Math.abs))).toBeLessThan(1e-4);
    const share = rows.filter(({ label }) => label === 1).length / rows.length;
    expect(logistic(strong?.intercept ?? 0)).toBeCloseTo(share, 4);
  });

  it('stays finite where a column parts the classes cleanly', () => {
    const parted = Array.from(
      { length: 60 },
      (_, index) => ({ columns: [index < 30 ? -1 : 1], label: index < 30 ? 0 : 1 }) as const,
    );
    const model = fitLogistic(parted, 1);

    expect(model?.coefficients[0]).toBeGreaterThan(1);
    expect(model?.coefficients[0]).toBeLessThan(10);
  });

  it('has no answer without a penalty where the rows determine none, or where a column is not a number', () => {
    const twins = rows.map(({ columns, label }) => ({ columns: [columns[0] ?? 0, columns[0] ?? 0], label }));
    const parted = Array.from(
      { length: 60 },
      (_, index) => ({ columns: [index - 29.5], label: index < 30 ? 0 : 1 }) as const,
    );

    expect(
      fitLogistic(
        twins.slice(0, 50).map((row) => ({ ...row, columns: [0, 0] })),
        0,
      ),
    ).toBeUndefined();
    expect(fitLogistic(parted, 0)).toBeUndefined();
    expect(fitLogistic([{ columns: [Number.NaN], label: 1 }], 1)).toBeUndefined();
    expect(fitLogistic([], 1)).toBeUndefined();
  });
});
