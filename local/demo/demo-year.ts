import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { asTheyArrive } from './arrival.ts';
import { anonymousVisits, memberVisits } from './browsing.ts';
import { yearTo } from './calendar.ts';
import { demandClock } from './demand.ts';
import type { Happened } from './happened.ts';
import { members } from './members.ts';
import { membership } from './membership.ts';
import { memberPurchases, strangerPurchases } from './purchases.ts';
import { seeded } from './random.ts';
import { trade } from './trading.ts';

export interface DemoOptions {
  readonly seed: number;
  /** YYYY-MM-DD. */
  readonly lastDay: string;
  /** Members. Other numbers follow: about six receipts each, and one in twelve of a stranger. */
  readonly customers?: number;
}

const MEMBERS = 2_500;
const STRANGERS_PER_MEMBER = 0.48;
const BROWSERS_PER_MEMBER = 0.3;

/**
 * A year of a shop for young families with four stores and a web shop, that nobody lived. Events come as
 * they would arrive: some late, some twice, a till's two days at once. The same options give the same
 * bytes. Members of former years were enrolled before it; phone numbers reach for the first 10,000.
 */
export function demoYear({ seed, lastDay, customers = MEMBERS }: DemoOptions): Iterable<RawEvent> {
  const year = yearTo(lastDay);
  const random = seeded(String(seed));
  const clock = demandClock(year);
  const people = members(customers, year, clock, random).map((member) => {
    const own = random.fork(`life/${member.number}`);
    return { member, own, purchases: memberPurchases(member, own.fork('purchases')) };
  });
  const strangers = strangerPurchases(customers * STRANGERS_PER_MEMBER, year, random.fork('strangers'));
  const happened: Happened[] = [
    ...people.flatMap(({ member, own, purchases }) => [
      ...membership(member, purchases[0]?.at, year, own.fork('membership')),
      ...memberVisits(member, purchases, year, clock, own.fork('visits')),
    ]),
    ...anonymousVisits(Math.round(customers * BROWSERS_PER_MEMBER), year, clock, random.fork('visitors')),
    ...trade([...people.flatMap(({ purchases }) => purchases), ...strangers], year, random.fork('trade')),
  ];
  return asTheyArrive(happened, year, random.fork('arrival'));
}
