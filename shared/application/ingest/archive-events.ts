import type { Messages } from '../../contracts/messages.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Digest } from '../../ports/digest.ts';
import { archiveFolder } from './archived.ts';

interface Deps {
  readonly blob: Blob;
  readonly digest: Digest;
}

/**
 * Keeps accepted events as they travelled, compressed, a folder a day of receipt. The name of a file is the
 * digest of what is in it, so a batch that is delivered again writes the same file again. Ids alone would not do: of
 * two events in conflict, one would write over the other.
 */
export const archiveEvents =
  ({ blob, digest }: Deps) =>
  async (details: readonly Messages['events.accepted'][]): Promise<void> => {
    const events = details.flatMap((detail) => detail.events.flatMap(toKeep));
    for (const [day, own] of groupBy(events, receivedOn)) {
      const name = digest(own.map((event) => `${event.id} ${event.digest}`).join('\n')).slice(0, 32);
      await blob.write(
        `${archiveFolder(day)}${name}.ndjson.gz`,
        own.map((event) => JSON.stringify(event)),
      );
    }
  };

/** What came from here is here; and a release is over when it arrives. */
const toKeep = ({ released, ...event }: AcceptedEvent): AcceptedEvent[] =>
  released?.from === 'archive' ? [] : [event as AcceptedEvent];

const receivedOn = ({ receivedAt }: AcceptedEvent): string => receivedAt.slice(0, 10);
