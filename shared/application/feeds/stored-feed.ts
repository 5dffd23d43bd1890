import type { Run, Runs } from '../../domain/feeds/runs.ts';
import { noFeed, type StoreFeed, type TillFeed } from '../../domain/feeds/store-feed.ts';
import { groupsOf } from '../../domain/kernel/groups.ts';
import type { Item, Value } from '../../ports/table.ts';

/** Heard and occurred in milliseconds, the floor, then four numbers for each run. */
type StoredTill = readonly number[];

/** Every batch writes it anew and writes are paid by the kilobyte: six tills with eight weeks of hours fit into one. */
interface StoredFeed {
  readonly tills: Readonly<Record<string, StoredTill>>;
  readonly hours: StoreFeed['hours'];
  readonly crowded?: true;
}

export const toStoredFeed = ({ tills, ...rest }: StoreFeed): Value => ({
  ...rest,
  tills: Object.fromEntries(
    Object.entries(tills).map(([terminal, { heardAt, occurredAt, runs }]) => [
      terminal,
      [Date.parse(heardAt), Date.parse(occurredAt), runs.floor, ...runs.list.flat()],
    ]),
  ),
});

/** Written by the function above alone, so its shape is known. */
export function feedIn(item: Item | undefined): StoreFeed {
  if (item === undefined) return noFeed;
  const { tills, ...rest } = item.value as unknown as StoredFeed;
  return {
    ...rest,
    tills: Object.fromEntries(Object.entries(tills).map(([terminal, stored]) => [terminal, tillIn(stored)])),
  };
}

function tillIn([heardAt = 0, occurredAt = 0, floor = 0, ...numbers]: StoredTill): TillFeed {
  const list = groupsOf(numbers, 4) as unknown as Run[];
  const runs: Runs = { floor, list };
  return { heardAt: instant(heardAt), occurredAt: instant(occurredAt), runs };
}

const instant = (millis: number): string => new Date(millis).toISOString();
