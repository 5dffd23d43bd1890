import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { ReadEvent } from './read-incoming.ts';

/** Encrypts the personal fields with the profile's own key, so that they can travel and be archived. */
export async function sealPersonal(
  keyring: Keyring,
  event: AcceptedEvent,
  { personal }: ReadEvent,
): Promise<AcceptedEvent> {
  const { profile } = event;
  const fields = Object.entries(personal);
  // Without an identifier nobody could ever ask for these fields again: they are not kept.
  if (profile === undefined || fields.length === 0) return event;
  const sealed = await Promise.all(
    fields.map(async ([field, value]) => [field, await keyring.seal(profile, value)] as const),
  );
  return { ...event, sealed: Object.fromEntries(sealed) };
}
