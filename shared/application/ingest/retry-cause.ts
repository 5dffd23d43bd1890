import type * as z from 'zod';
import type { RetriedMany, RetryMany } from '../../contracts/quarantine-schemas.ts';
import { readKept } from './quarantine-store.ts';
import { type Outcome, type RetryDeps, retryKept } from './retry-kept.ts';

/** So many are looked at in one call, and no more once so long was spent: a call may take half a minute. */
const MOST_LOOKED_AT = 500;
const LONG_ENOUGH_MILLIS = 8_000;
/** A mapping that runs too long costs a second each. */
const PAGE = 20;

/** Tries again what was refused for a cause, of all sources or of one, as much as one call may. */
export const retryCause =
  (deps: RetryDeps) =>
  async (
    cause: string,
    { source, cursor: start }: z.output<typeof RetryMany>,
  ): Promise<z.output<typeof RetriedMany>> => {
    const retry = retryKept(deps);
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
    const refused: Record<string, number> = {};
    for (const one of outcomes)
      if (one.status === 'refused') refused[one.cause] = (refused[one.cause] ?? 0) + 1;
    const count = (status: Outcome['status']) => outcomes.filter((one) => one.status === status).length;
    return {
      taken: count('taken'),
      duplicates: count('duplicate'),
      refused,
      ...(cursor === undefined ? {} : { cursor }),
    };
  };
