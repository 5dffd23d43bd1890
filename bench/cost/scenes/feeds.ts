import { toStoredFeed } from '../../../shared/application/feeds/stored-feed.ts';
import { keys } from '../../../shared/contracts/keys.ts';
import { oneNumber } from '../../../shared/domain/feeds/runs.ts';
import { oneHour, uniteHours } from '../../../shared/domain/feeds/usual-hours.ts';
import { dayFromIso, daysBefore } from '../../../shared/domain/kernel/day.ts';
import type { Write } from '../../../shared/ports/table.ts';
import { reference } from '../reference.ts';

const today = dayFromIso(reference.from.slice(0, 10));
/** Open every day from eight to nine, for the weeks that are remembered. */
const hours = Array.from({ length: 8 * 7 }, (_, days) =>
  Array.from({ length: 13 }, (_, hour) => oneHour({ day: daysBefore(today, days), hour: 8 + hour })),
)
  .flat()
  .reduce(uniteHours, {});

/** A store that was heard for weeks, without a number missing. */
export function putFeed(store: string): Write {
  const till = {
    heardAt: reference.from,
    occurredAt: reference.from,
    runs: { floor: 0, list: [oneNumber(72_000, today)] },
  };
  const tills = Array.from({ length: reference.chain.tills }, (_, n) => [`till-${n}`, till] as const);
  return { put: keys.feed(store), value: toStoredFeed({ tills: Object.fromEntries(tills), hours }) };
}
