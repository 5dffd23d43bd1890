import { type Handlers, nameOf } from '../../contracts/handler.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { parseJson } from '../http/dispatch.ts';
import { acceptEvents, type IngestDeps } from './accept-events.ts';
import { refuseLargeBody, refuseManyItems } from './batch-limits.ts';
import { storesOf } from './key-scope.ts';

/** Answers `POST /v1/events`: 202 with a result per item, a 422 problem with the same results where none was valid. */
export const ingestApi = (deps: IngestDeps): Handlers<'acceptEvents'> => {
  const accept = acceptEvents(deps);
  return {
    async acceptEvents({ body, caller }) {
      refuseLargeBody(body);
      const submission = parseJson(body);
      const items = itemsOf(submission);
      refuseManyItems(items);
      const results = await accept(items, nameOf(caller), {
        stores: storesOf(caller),
        ...(isBackfill(submission) ? { quiet: 'backfill' as const } : {}),
      });
      if (results.every((result) => result.status === 'rejected')) {
        throw new InvalidInput('no-valid-event', '', 'None of the events could be taken; see results', {
          more: { results },
        });
      }
      return { body: { results } };
    },
  };
};

/** History said to be history. A word that is neither yes nor no would be read wrong by one of two. */
function isBackfill(body: unknown): boolean {
  const said = isBatch(body) && 'backfill' in body ? body.backfill : undefined;
  if (said === undefined || typeof said === 'boolean') return said ?? false;
  throw new InvalidInput('invalid-field', 'backfill', 'backfill: takes true or false');
}

/** One event, an array of them, or { events: […] }. */
function itemsOf(body: unknown): readonly unknown[] {
  const items = Array.isArray(body) ? body : isBatch(body) ? body.events : [body];
  if (items.length === 0)
    throw new InvalidInput('batch-empty', 'events', 'events: is empty; send at least one event');
  return items;
}

/** An event has a type; anything else with `events` in it is meant as a batch. */
function isBatch(body: unknown): body is { events: unknown[] } {
  if (typeof body !== 'object' || body === null || !('events' in body)) return false;
  if (Array.isArray(body.events)) return true;
  if ('type' in body) return false;
  throw new InvalidInput('invalid-field', 'events', 'events: takes a list of events');
}
