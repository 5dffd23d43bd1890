import * as z from 'zod';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Table } from '../../ports/table.ts';
import { findSource } from './source-store.ts';
import { type HookMessage, readBody, type TranslateDeps, translator } from './translate.ts';

/** What waits in quarantine of a message of a source. */
const Kept = z.object({
  dialect: z.enum(['shopify', 'square', 'woocommerce', 'webhook']),
  source: z.string(),
  topic: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  delivery: z.string().optional(),
  /** Parsed; as text where it could not be read. */
  body: z.unknown(),
});

/** A message as it is kept until somebody has mended what was wrong. */
export const toKeep = ({ kind, id }: Source, message: HookMessage): z.input<typeof Kept> => ({
  dialect: kind,
  source: id,
  ...message,
});

/**
 * Turns what waits in quarantine into events again, by what its source is now: what was mended since is seen.
 * Undefined for what is no message of a source. Throws InvalidInput where it still cannot be translated, or where
 * its source is no longer there. `receivedAt` is when it came first.
 */
export function retranslator(deps: TranslateDeps & { readonly table: Table }) {
  const translate = translator(deps);
  return async (item: unknown, receivedAt: string): Promise<readonly unknown[] | undefined> => {
    const kept = Kept.safeParse(item);
    if (!kept.success) return undefined;
    const { source: id, dialect, body, ...said } = kept.data;
    const source = await findSource(deps.table, id);
    if (source?.kind !== dialect)
      throw new InvalidInput(
        'source-gone',
        'source',
        `source: there is no source '${id}' of kind ${dialect} any more; set it up again, then retry`,
      );
    return translate(source, { ...said, body: typeof body === 'string' ? readBody(body) : body }, receivedAt);
  };
}
