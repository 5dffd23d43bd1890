import type * as z from 'zod';
import type { RetriedMany, RetryMany } from '../../contracts/quarantine-schemas.ts';
import { ClienteleError } from '../../domain/kernel/errors.ts';
import { failureFacts } from '../../domain/kernel/failure-facts.ts';
import type { Note } from './quarantine-api.ts';
import { type KeptWhole, readKept } from './quarantine-store.ts';
import { type Outcome, type RetryDeps, retryKept } from './retry-kept.ts';

/** So many are looked at in one call, and no more once so long was spent: a call may take half a minute. */
const MOST_LOOKED_AT = 500;
const LONG_ENOUGH_MILLIS = 8_000;
/** A mapping that runs too long costs a second each. */
const PAGE = 20;

type Deps = RetryDeps & { readonly note: Note };

/** Tries again what was refused for a cause, of all sources or of one, as much as one call may. */
export const retryCause =
  (deps: Deps) =>
  async (
    cause: string,
    { source, cursor: start }: z.output<typeof RetryMany>,
  ): Promise<z.output<typeof RetriedMany>> => {
    const retry = retryEach(deps);
    const outcomes: Outcome[] = [];
    const began = Date.parse(deps.clock());
    let cursor = start;
    for (let looked = 0; looked < MOST_LOOKED_AT; looked += PAGE) {
      const page = await readKept(deps, cause, { limit: PAGE, cursor });
      const wanted = page.kept.filter((kept) => source === undefined || kept.source === source);
      outcomes.push(...(await retry(wanted)));
      cursor = page.cursor;
      if (cursor === undefined || Date.parse(deps.clock()) - began > LONG_ENOUGH_MILLIS) break;
    }
    return { ...summed(outcomes), ...(cursor === undefined ? {} : { cursor }) };
  };

function summed(outcomes: readonly Outcome[]): z.output<typeof RetriedMany> {
  const refused: Record<string, number> = {};
  for (const one of outcomes)
    if (one.status === 'refused') refused[one.cause] = (refused[one.cause] ?? 0) + 1;
  const count = (status: Outcome['status']) => outcomes.filter((one) => one.status === status).length;
  const nothing = count('nothing');
  return {
    taken: count('taken'),
    duplicates: count('duplicate'),
    ...(nothing === 0 ? {} : { nothing }),
    refused,
  };
}

/**
 * Where one of them breaks something of ours, each is tried by itself: it stays, is noted, and does not stop the
 * others. What a second attempt may overcome stops them all.
 */
function retryEach(deps: Deps) {
  const retry = retryKept(deps);
  const alone = async (kept: KeptWhole): Promise<readonly Outcome[]> => {
    try {
      return await retry([kept]);
    } catch (error) {
      if (mayPass(error)) throw error;
      const { cause, id, path } = kept;
      const { error: code } = failureFacts(error);
      deps.note('quarantine retry failed', { cause, id, error: code });
      return [
        { status: 'refused', cause: BROKEN, path, detail: `It stays; something broke on our side: ${code}` },
      ];
    }
  };
  return async (kept: readonly KeptWhole[]): Promise<readonly Outcome[]> => {
    try {
      return await retry(kept);
    } catch (error) {
      if (mayPass(error)) throw error;
      const outcomes: Outcome[] = [];
      for (const one of kept) outcomes.push(...(await alone(one)));
      return outcomes;
    }
  };
}

/** Counted among the refused, and no cause that anything waits under. */
const BROKEN = 'retry-failed';

const mayPass = (error: unknown): boolean => error instanceof ClienteleError && error.retryable;
