import type { AcceptedEvent } from '../events/event.ts';
import type { ProfileId } from '../kernel/ids.ts';

/** Profiles by when they were first seen together with this one. */
export type Sightings = Readonly<Record<ProfileId, number>>;

/** A card that a whole town uses must not make its record grow without end. */
export const MOST_SIGHTINGS = 64;

/** What else an event was known by. */
export const sightingsOf = ({ linked, occurredAt }: AcceptedEvent): Sightings => {
  if (linked === undefined || linked.length === 0) return {};
  const at = Date.parse(occurredAt);
  return Object.fromEntries([...linked].sort().map((profile) => [profile, at]));
};

/** Of each profile the earliest time, and of all the earliest profiles: in any order and grouping the same. */
export function combineSightings(a: Sightings, b: Sightings): Sightings {
  const added = entriesOf(b).filter(([profile, at]) => !(at >= (a[profile] ?? Number.POSITIVE_INFINITY)));
  if (added.length === 0) return a;
  const all = Object.entries({ ...a, ...(Object.fromEntries(added) as Sightings) });
  const sorted =
    all.length <= MOST_SIGHTINGS
      ? all
      : all.sort(([x, at], [y, other]) => at - other || (x < y ? -1 : 1)).slice(0, MOST_SIGHTINGS);
  return Object.fromEntries(sorted.sort(([x], [y]) => (x < y ? -1 : 1)));
}

/** Profiles that these events were the first to show, or to show earlier, with the time. */
export const newSightings = (before: Sightings, event: AcceptedEvent): readonly [ProfileId, number][] =>
  entriesOf(sightingsOf(event)).filter(
    ([profile, at]) => !(at >= (before[profile] ?? Number.POSITIVE_INFINITY)),
  );

/** True where everything that facts show has its place, or lost it to what was seen earlier. */
export const isCounted = (shown: Sightings, counted: Sightings): boolean =>
  Object.keys(counted).length >= MOST_SIGHTINGS ||
  entriesOf(shown).every(([profile, at]) => (counted[profile] ?? Number.POSITIVE_INFINITY) <= at);

const entriesOf = (sightings: Sightings): [ProfileId, number][] =>
  Object.entries(sightings) as [ProfileId, number][];
