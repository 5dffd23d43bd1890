import { readFileSync } from 'node:fs';

/** One customer in ten of a music shop, weeks; it lies beside the repository, not in it. */
export const cdnowFile = new URL(
  '../../../../../../shared/data/cdnow/cdnow_customers_summary_with_transactions.csv',
  import.meta.url,
);

interface CdnowRow {
  readonly x: number;
  readonly tx: number;
  readonly T: number;
  /** Mean value of the repeat purchases, dollars. */
  readonly mean: number;
}

export const cdnowRows = (): CdnowRow[] =>
  readFileSync(cdnowFile, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [, x = 0, tx = 0, T = 0, mean = 0] = line.split(',').map(Number);
      return { x, tx, T, mean };
    });
