import type { RawEvent } from '../../shared/domain/import/raw-event.ts';

/** An event, and when it happened in milliseconds. */
export interface Happened {
  readonly at: number;
  readonly event: RawEvent;
}

export const inOrder = <T extends { readonly at: number }>(things: readonly T[]): T[] =>
  [...things].sort((a, b) => a.at - b.at);
