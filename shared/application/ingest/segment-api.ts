import type { EventResult } from '../../contracts/event-schemas.ts';
import { type Caller, type Handler, type Handlers, nameOf } from '../../contracts/handler.ts';
import { carriedBy, type SegmentRoute } from '../../contracts/segment-routes.ts';
import { inMessage } from '../../domain/dialects/segment/words.ts';
import { listIn, objectIn, type Told } from '../../domain/dialects/told.ts';
import type { RawEvent } from '../../domain/import/raw-event.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { inTheirWords } from '../../domain/kernel/in-their-words.ts';
import { parseJson } from '../http/dispatch.ts';
import { acceptEvents, type IngestDeps } from './accept-events.ts';
import { refuseLargeBody, refuseManyItems } from './batch-limits.ts';
import { refusalOf } from './judge-events.ts';
import { storesOf } from './key-scope.ts';
import { quarantine } from './quarantine.ts';
import { segmentReader } from './read-segment.ts';

/** A message, and what became of it: events, or why there are none. */
interface Read {
  readonly message: unknown;
  readonly events: readonly RawEvent[];
  readonly refusal?: InvalidInput;
}

interface Refused {
  readonly index: number;
  readonly code: string;
  readonly path: string;
  readonly detail: string;
}

/**
 * Answers the calls of Segment's libraries. They send again what is answered 429, 5xx or not at all, and give up
 * what is answered 400. A batch of which anything was taken is a success: sent again, nothing more of it would be,
 * and what was refused waits in quarantine. One of which nothing could be taken is a 400, so that somebody looks.
 */
export function segmentApi(deps: IngestDeps): Handlers<SegmentRoute> {
  const accept = acceptEvents(deps);
  const read = reader(deps);

  const take = async (messages: readonly unknown[], batch: Told, caller: Caller): Promise<Refused[]> => {
    const source = nameOf(caller);
    const receivedAt = deps.clock();
    const reads = messages.map((message) => read(message, batch, receivedAt));
    const results = await accept(
      reads.flatMap(({ events }) => events),
      source,
      { stores: storesOf(caller) },
    );
    await quarantine(
      deps,
      reads.flatMap(({ message, refusal }) =>
        refusal === undefined
          ? []
          : [
              {
                ...refusalOf(refusal),
                source,
                sentAt: textIn(batch['sentAt']),
                stores: storesOf(caller),
                item: { dialect: 'segment', message },
              },
            ],
      ),
      receivedAt,
    );
    let before = 0;
    return reads.flatMap(({ message, events, refusal }, index): Refused[] => {
      const own = results.slice(before, before + events.length);
      before += events.length;
      const error = refusal ?? rejectionIn(own, message);
      return error === undefined
        ? []
        : [{ index, code: error.code, path: error.path, detail: error.message }];
    });
  };

  const handle =
    (carried: (typeof carriedBy)[SegmentRoute]): Handler<SegmentRoute> =>
    async ({ body, caller }) => {
      refuseLargeBody(body);
      const told = objectIn(parseJson(body));
      const messages = carried === 'batch' ? batchIn(told) : [{ ...told, type: carried }];
      const refused = await take(messages, told, caller);
      if (refused.length === messages.length) throw nothingTaken(refused);
      return { body: { success: true, ...(refused.length === 0 ? {} : { refused }) } };
    };

  return Object.fromEntries(
    Object.entries(carriedBy).map(([route, carried]) => [route, handle(carried)]),
  ) as unknown as Handlers<SegmentRoute>;
}

/** What was wrong with an event, by the message's own fields. */
function rejectionIn(results: readonly EventResult[], message: unknown): InvalidInput | undefined {
  const rejected = results.find((result) => result.status === 'rejected');
  if (rejected === undefined) return undefined;
  const { code, path, detail } = rejected;
  return inTheirWords(new InvalidInput(code, path, detail), (at) => inMessage(message, at));
}

const reader = (deps: IngestDeps) => {
  const translated = segmentReader(deps);
  return (message: unknown, { sentAt }: Told, receivedAt: string): Read => {
    try {
      return { message, events: translated(message, { receivedAt, sentAt: textIn(sentAt) }) };
    } catch (error) {
      if (error instanceof InvalidInput) return { message, events: [], refusal: error };
      throw error;
    }
  };
};

const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function batchIn(told: Told): readonly unknown[] {
  const messages = listIn(told['batch']);
  if (messages.length === 0)
    throw new InvalidInput('batch-empty', 'batch', 'batch: is missing or empty; send at least one message');
  refuseManyItems(messages);
  return messages;
}

const nothingTaken = (refused: readonly Refused[]): InvalidInput =>
  new InvalidInput(
    'no-valid-event',
    '',
    'None of the messages could be taken; see refused. What is sent again as it is, is refused again',
    { more: { refused } },
  );
