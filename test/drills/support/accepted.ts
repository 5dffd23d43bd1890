import { acceptEvents } from '../../../shared/application/ingest/accept-events.ts';
import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import type { Message } from '../../../shared/contracts/messages.ts';
import type { DrillStage } from './stage.ts';

/** What the stage's door would publish for these events, each group in messages of its own; nothing is published. */
export async function accepted(
  stage: DrillStage,
  groups: readonly (readonly object[])[],
): Promise<readonly Message[]> {
  const messages: Message[] = [];
  const bus = { publish: async (published: readonly Message[]) => void messages.push(...published) };
  const keyring = await stage.keyring();
  // A door for each group: none remembers what another one took.
  for (const group of groups)
    await acceptEvents({ ...stage, keyring, bus, recent: recentKeys() })(group, 'drills');
  return messages;
}

/** A message as EventBridge puts it on a queue. */
export const enveloped = ({ name, detail }: Message): string =>
  JSON.stringify({ source: 'clientele', 'detail-type': name, detail });
