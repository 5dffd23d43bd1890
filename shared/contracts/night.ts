/**
 * The nightly plan. A `map` step runs once per shard, all shards before the next step begins; a `single`
 * step runs once. Every step is a folder under functions/night and may be repeated.
 */
export const night = [
  { step: 'open', kind: 'single' },
  { step: 'snapshot', kind: 'map' },
  { step: 'fit', kind: 'single' },
  { step: 'score', kind: 'map' },
  { step: 'publish', kind: 'single' },
] as const satisfies readonly { readonly step: string; readonly kind: 'map' | 'single' }[];

export type NightStep = (typeof night)[number]['step'];
type StepOfKind<K> = Extract<(typeof night)[number], { kind: K }>['step'];
export type MapStep = StepOfKind<'map'>;
export type SingleStep = StepOfKind<'single'>;

/** The plan runs for a business date; on AWS the state machine carries it from step to step. */
export interface NightRun {
  /** YYYY-MM-DD: what happened up to the end of this day is known. */
  readonly asOf: string;
  readonly shards: number;
}
