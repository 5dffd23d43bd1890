import type { Messages } from '../../contracts/messages.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Digest } from '../../ports/digest.ts';

interface Deps {
  readonly blob: Blob;
  readonly digest: Digest;
}

/**
 * Keeps accepted events as they travelled, compressed, a folder a day of receipt. The name of a file is the
 * digest of what is in it, so a batch that is delivered again writes the same file again.
 */
export const archiveEvents =
  ({ blob, digest }: Deps) =>
  async (details: readonly Messages['events.accepted'][]): Promise<void> => {
    const events = details.flatMap((detail) => detail.events);
    for (const [day, own] of groupBy(events, receivedOn)) {
      const name = digest(own.map(({ id }) => id).join('\n')).slice(0, 32);
      await blob.write(
        `archive/${day}/${name}.ndjson.gz`,
        own.map((event) => JSON.stringify(event)),
      );
    }
  };

const receivedOn = ({ receivedAt }: AcceptedEvent): string => receivedAt.slice(0, 10);
