import type { Score } from '../insight/score.ts';
import type { Day } from '../kernel/day.ts';
import type { CustomerId } from '../kernel/ids.ts';
import type { Aggregate } from './aggregate.ts';

/** One customer as segments, the gate, templates and clerks see it: all profiles combined, with the score. */
export interface CustomerView {
  readonly id: CustomerId;
  readonly aggregate: Aggregate;
  readonly score: Score | undefined;
  /** The business day of the look. */
  readonly today: Day;
}
