import { lifecycleStages, rfmCells, riskBands, type Score, valueTiers } from '../../domain/insight/score.ts';

/** How many customers stand where, after one shard or all. */
export interface Tally {
  readonly scored: number;
  /** Scores written, because they moved. */
  readonly moved: number;
  readonly lifecycle: Readonly<Record<string, number>>;
  readonly cells: Readonly<Record<string, number>>;
  readonly tiers: Readonly<Record<string, number>>;
  readonly risk: Readonly<Record<string, number>>;
  /** Recency quintile by frequency quintile, as 'r-f'. */
  readonly grid: Readonly<Record<string, number>>;
}

const zeroes = (names: readonly string[]): Record<string, number> =>
  Object.fromEntries(names.map((name) => [name, 0]));

/** Counts scores as they come. */
export function tallier(): { count(score: Score, moved: boolean): void; tally(): Tally } {
  const total = { scored: 0, moved: 0 };
  const [lifecycle, cells, tiers, risk, grid] = [
    zeroes(lifecycleStages),
    zeroes(rfmCells),
    zeroes(valueTiers),
    zeroes(riskBands),
    zeroes([]),
  ];
  const raise = (counts: Record<string, number>, name: string | undefined): void => {
    if (name !== undefined) counts[name] = (counts[name] ?? 0) + 1;
  };
  return {
    count({ rfm, ...score }, moved) {
      total.scored += 1;
      if (moved) total.moved += 1;
      raise(lifecycle, score.lifecycle);
      raise(cells, rfm?.cell);
      raise(tiers, score.tier);
      raise(risk, score.churn?.band);
      raise(grid, rfm && `${rfm.recency}-${rfm.frequency}`);
    },
    tally: () => ({ ...total, lifecycle, cells, tiers, risk, grid }),
  };
}

/** Adds the tallies of different customers. */
export const combineTallies = (a: Tally, b: Tally): Tally => ({
  scored: a.scored + b.scored,
  moved: a.moved + b.moved,
  lifecycle: addCounts(a.lifecycle, b.lifecycle),
  cells: addCounts(a.cells, b.cells),
  tiers: addCounts(a.tiers, b.tiers),
  risk: addCounts(a.risk, b.risk),
  grid: addCounts(a.grid, b.grid),
});

function addCounts(
  a: Readonly<Record<string, number>>,
  b: Readonly<Record<string, number>>,
): Record<string, number> {
  const sum = { ...a };
  for (const [name, count] of Object.entries(b)) sum[name] = (sum[name] ?? 0) + count;
  return sum;
}
