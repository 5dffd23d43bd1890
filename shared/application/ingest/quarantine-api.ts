import type { Caller, Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { QuarantineRoute } from '../../contracts/quarantine-routes.ts';
import { eventTypes } from '../../domain/events/catalogue.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import { QUARANTINE_OWNER } from './kept-text.ts';
import { changeQuarantine } from './quarantine-changes.ts';
import { type Kept, listKept, readOneKept, readTallies } from './quarantine-store.ts';
import { retranslators } from './retranslate.ts';
import { retryCause } from './retry-cause.ts';
import { type RetryDeps, retryKept } from './retry-kept.ts';

/** Tells the host's log who did something to what; ids and codes, never contents. */
export type Note = (what: string, ids: Readonly<Record<string, string>>) => void;

export type QuarantineDeps = RetryDeps & { readonly note: Note };

const SAMPLES = 3;

/** Answers the endpoints under /v1/quarantine. */
export function quarantineApi(deps: QuarantineDeps): Handlers<QuarantineRoute> {
  const { table, keyring, clock, note } = deps;
  const known = new Set<string>([...eventTypes, ...Object.keys(retranslators(deps))]);
  const retry = retryKept(deps);
  const entryOf = ({ id, at, source, path, type }: Kept) => ({
    id,
    at,
    source,
    path,
    ...(type !== undefined && known.has(type) ? { type } : {}),
  });

  return {
    async quarantine() {
      const tallies = [...(await readTallies(table))];
      const causes = await Promise.all(
        tallies.map(async ([cause, tally]) => {
          const { kept } = await listKept(deps, cause, { limit: SAMPLES });
          return { cause, ...tally, samples: kept.map(entryOf) };
        }),
      );
      return { body: { causes: causes.sort((a, b) => b.count - a.count) } };
    },

    async listQuarantined({ params: { cause }, query }) {
      const { kept, cursor } = await listKept(deps, cause, query);
      return { body: { items: kept.map(entryOf), ...(cursor === undefined ? {} : { cursor }) } };
    },

    async openQuarantined({ params: { cause, id }, caller }) {
      const kept = await readOneKept(deps, cause, id);
      note('quarantine opened', { cause, id, by: nameOf(caller) });
      const { detail, isAccepted, item } = kept;
      return {
        body: {
          ...entryOf(kept),
          cause,
          ...(detail === undefined ? {} : { detail }),
          accepted: isAccepted,
          ...(item === undefined ? {} : { item: isAccepted ? withoutSealed(item) : item }),
        },
      };
    },

    async retryQuarantined({ params: { cause, id }, body: { event }, caller }) {
      const [outcome] = await retry([await readOneKept(deps, cause, id)], event);
      if (outcome === undefined) throw new NotFound(`item of '${cause}' in quarantine`, id);
      note('quarantine retried', { cause, id, by: nameOf(caller), status: outcome.status });
      return { body: outcome };
    },

    async retryCause({ params: { cause }, body, caller }) {
      const answer = await retryCause(deps)(cause, body);
      note('quarantine retried', { cause, by: nameOf(caller), taken: String(answer.taken) });
      return { body: answer };
    },

    async discardQuarantined({ params: { cause, id }, body, caller }) {
      const { source, path, parts } = await readOneKept(deps, cause, id);
      const by = nameOf(caller);
      const sealed = await keyring.seal(QUARANTINE_OWNER, body.note);
      const record = {
        put: keys.discarded(cause, id),
        value: { at: clock(), by, source, path, note: sealed },
      };
      const gone = await changeQuarantine(deps, [{ id, remove: { cause, parts }, more: [record] }]);
      if (gone === 0) throw new NotFound(`item of '${cause}' in quarantine`, id);
      note('quarantine discarded', { cause, id, by });
      return { body: { status: 'discarded' } };
    },
  };
}

/** The vault's fields by name: whoever mends the rest has no need to see them. */
function withoutSealed(item: unknown): unknown {
  const { sealed, ...event } = item as Record<string, unknown>;
  return sealed === undefined ? event : { ...event, sealed: Object.keys(sealed as object) };
}

/** A key's id, or what a token calls its owner. */
const nameOf = (caller: Caller): string =>
  caller.kind === 'nobody' ? 'nobody' : (caller.key ?? caller.name);
