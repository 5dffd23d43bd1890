import * as z from 'zod';
import { Batch } from '../../contracts/event-schemas.ts';
import { type Handlers, nameOf } from '../../contracts/handler.ts';
import { complaint } from '../../domain/kernel/complaint.ts';
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
      const batch = batchIn(parseJson(body));
      if (batch.events.length === 0)
        throw new InvalidInput('batch-empty', 'events', 'events: is empty; send at least one event');
      refuseManyItems(batch.events);
      const results = await accept(inTimeOf(batch), nameOf(caller), {
        stores: storesOf(caller),
        ...(batch.backfill === true ? { quiet: 'backfill' as const } : {}),
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

/** Its words, before its events are looked at: each is answered by itself. */
const Received = Batch.extend({ events: z.array(z.unknown()), sentAt: z.unknown().optional() });
type Received = z.infer<typeof Received>;

/** One event, an array of them, or { events: […] }. A slip of the pen beside `events` would let messages follow from history. */
function batchIn(body: unknown): Received {
  if (Array.isArray(body)) return { events: body };
  if (!isBatch(body)) return { events: [body] };
  const { data, error } = Received.safeParse(body);
  if (error !== undefined) throw complaint(error, [], 'the batch');
  return data;
}

/** An event has a type; anything else with `events` in it is meant as a batch. */
const isBatch = (body: unknown): boolean =>
  typeof body === 'object' &&
  body !== null &&
  'events' in body &&
  (Array.isArray(body.events) || !('type' in body));

/** The batch may say once when it was sent; an event that says so itself knows better. */
const inTimeOf = ({ events, sentAt }: Received): readonly unknown[] =>
  sentAt === undefined
    ? events
    : events.map((event) =>
        typeof event === 'object' && event !== null && !('sentAt' in event) ? { ...event, sentAt } : event,
      );
