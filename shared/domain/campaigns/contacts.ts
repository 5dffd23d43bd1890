import * as z from 'zod';
import { MILLIS_PER_DAY } from '../kernel/day.ts';
import { Slug } from '../kernel/ids.ts';

/** A customer was written to. */
export const Contact = z.object({ campaign: Slug, at: z.iso.datetime() });
export type Contact = z.infer<typeof Contact>;

/**
 * Adds a contact and lets go of those that no cap of `capDays` counts any more. The window hangs on the newest
 * contact, so that the order of arrival does not matter; a contact told twice counts once. Ascending by time.
 */
export function remember(
  contacts: readonly Contact[],
  contact: Contact,
  capDays: number,
): readonly Contact[] {
  const others = contacts.filter((other) => byTime(other, contact) !== 0);
  const all = [...others, contact].sort(byTime);
  const since = Math.max(...all.map(({ at }) => Date.parse(at))) - capDays * MILLIS_PER_DAY;
  // Only what is certainly old goes: a time that cannot be read keeps everything.
  return all.filter(({ at }) => !(Date.parse(at) <= since));
}

const byTime = (a: Contact, b: Contact): number => {
  const earlier = Date.parse(a.at) - Date.parse(b.at);
  if (earlier !== 0) return earlier;
  if (a.campaign === b.campaign) return 0;
  return a.campaign < b.campaign ? -1 : 1;
};
