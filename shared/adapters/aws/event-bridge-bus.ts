import { type EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import type { Message } from '../../contracts/messages.ts';
import { EventsNotAccepted } from '../../domain/kernel/errors.ts';
import type { Bus } from '../../ports/bus.ts';
import { backOff, type Patience, patient } from './patience.ts';

/** Tells our messages from others in the bus's own tools. */
const EVENT_SOURCE = 'clientele';

/** Limits of one PutEvents call; 1 MB in many regions, but 256 KB is safe in all. */
const ENTRIES_PER_CALL = 10;
const BYTES_PER_CALL = 256_000;

/** Codes of entries that may be taken a moment later. */
const PASSING = new Set(['ThrottlingException', 'InternalFailure', 'InternalException']);

/** A message and its place among those that were given to `publish`. */
interface Entry {
  readonly index: number;
  readonly name: string;
  readonly detail: string;
}

const entryOf = ({ name, detail }: Message, index: number): Entry => ({
  index,
  name,
  detail: JSON.stringify(detail),
});

/** What AWS counts: source, detail type and detail, in UTF-8. */
const bytesOf = ({ name, detail }: Entry): number => Buffer.byteLength(EVENT_SOURCE + name + detail);

function callsOf(entries: readonly Entry[]): readonly Entry[][] {
  const calls: Entry[][] = [];
  let room = 0;
  for (const entry of entries) {
    const bytes = bytesOf(entry);
    const current = calls.at(-1);
    if (current === undefined || current.length === ENTRIES_PER_CALL || bytes > room) {
      calls.push([entry]);
      room = BYTES_PER_CALL - bytes;
    } else {
      current.push(entry);
      room -= bytes;
    }
  }
  return calls;
}

/** The Bus port on EventBridge. PutEvents answers success with failed entries inside; those alone are tried again. */
export function eventBridgeBus(
  client: EventBridgeClient,
  busName: string,
  patience: Patience = patient,
): Bus {
  const put = async (entries: readonly Entry[]) => {
    const command = new PutEventsCommand({
      Entries: entries.map(({ name, detail }) => ({
        EventBusName: busName,
        Source: EVENT_SOURCE,
        DetailType: name,
        Detail: detail,
      })),
    });
    const answer = await client.send(command).catch((error: unknown) => {
      // The whole call failed, after the SDK's own attempts.
      const reason = error instanceof Error ? error.name : String(error);
      throw new EventsNotAccepted(
        entries.map(({ index }) => ({ index, reason })),
        { cause: error },
      );
    });
    return entries.flatMap((entry, place) => {
      const reason = answer.Entries?.[place]?.ErrorCode;
      return reason === undefined ? [] : [{ entry, reason }];
    });
  };

  return {
    async publish(messages) {
      for (const call of callsOf(messages.map(entryOf))) {
        let failed = await put(call);
        for (let attempt = 1; failed.length > 0; attempt += 1) {
          const hopeless = failed.some(({ reason }) => !PASSING.has(reason));
          if (hopeless || attempt === patience.attempts) {
            throw new EventsNotAccepted(failed.map(({ entry, reason }) => ({ index: entry.index, reason })));
          }
          await backOff(patience, attempt);
          failed = await put(failed.map(({ entry }) => entry));
        }
      }
    },
  };
}
