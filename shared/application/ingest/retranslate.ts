import type { Source } from '../../domain/sources/source.ts';
import type { Table } from '../../ports/table.ts';
import { retranslator } from '../sources/retranslate.ts';
import type { TranslateDeps } from '../sources/translate.ts';
import { segmentReader } from './read-segment.ts';

/** What is known of a message of a dialect beside its words. */
export interface Circumstances {
  /** When it came first: clocks are corrected, and limits of time hold, by that. */
  readonly receivedAt: string;
  readonly sentAt: string | undefined;
  readonly source: string;
}

/** A message as it was kept, `{ dialect, … }`. Throws InvalidInput where it still cannot be understood. */
export type Retranslate = (
  kept: Readonly<Record<string, unknown>>,
  circumstances: Circumstances,
) => readonly unknown[] | Promise<readonly unknown[]>;

export type RetranslateDeps = TranslateDeps & { readonly table: Table };

/** Who reads what waits in quarantine in a foreign language, by the name of the dialect it was kept under. */
export function retranslators(deps: RetranslateDeps): Readonly<Record<string, Retranslate>> {
  const segment = segmentReader(deps);
  const fromSource = retranslator(deps);
  const webhook: Retranslate = async (kept, { receivedAt }) => (await fromSource(kept, receivedAt)) ?? [kept];
  return {
    ...ofSources(webhook),
    segment: ({ message }, circumstances) => segment(message, circumstances),
  };
}

const ofSources = (read: Retranslate): Readonly<Record<Source['kind'], Retranslate>> => ({
  shopify: read,
  square: read,
  woocommerce: read,
  webhook: read,
});
