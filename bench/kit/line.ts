/** One number of the report. */
export interface Line {
  readonly part: string;
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly budget?: Budget;
  /** How it came about: sizes, shares, conditions. */
  readonly note?: string;
}

export type Budget = { readonly atLeast: number } | { readonly atMost: number };

/** Undefined where nothing was promised. */
export function isMet({ value, budget }: Line): boolean | undefined {
  if (budget === undefined) return undefined;
  return 'atLeast' in budget ? value >= budget.atLeast : value <= budget.atMost;
}

/** Four digits say more than any of these numbers means. */
export function formatted(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { maximumFractionDigits: digits });
}

const budgetText = (budget: Budget, unit: string): string =>
  'atLeast' in budget
    ? `at least ${formatted(budget.atLeast)} ${unit}`
    : `at most ${formatted(budget.atMost)} ${unit}`;

function row(line: Line): string {
  const { part, what, value, unit, budget, note = '' } = line;
  const limit = budget === undefined ? '' : budgetText(budget, unit);
  const met = budget === undefined ? '' : isMet(line) ? 'met' : 'missed';
  return `| ${[part, what, `${formatted(value)} ${unit}`, limit, met, note].join(' | ')} |`;
}

/** The report as one Markdown table. */
export const markdown = (lines: readonly Line[]): string =>
  ['| part | what | measured | budget | | how |', '|---|---|---:|---:|---|---|', ...lines.map(row)].join(
    '\n',
  );
