import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { after, atMinute, isoOf, type Year } from './calendar.ts';
import { type DemandClock, demandDay, webMinute } from './demand.ts';
import { categories, goods } from './goods.ts';
import type { Happened } from './happened.ts';
import type { Member } from './members.ts';
import type { Purchase } from './purchases.ts';
import type { Random } from './random.ts';

/** Visits of the web shop that end without an order, for each member with a browser. */
const LONE_VISITS = 1.1;
/** How long before an order the shop is opened, and before joining it is first looked at. */
const BEFORE_ORDER_MINUTES = 18;
const DAYS_BEFORE_JOINING = 6;

/** What a member looks at on the web; before joining, the browser alone is known. */
export function memberVisits(
  member: Member,
  purchases: readonly Purchase[],
  year: Year,
  clock: DemandClock,
  random: Random,
): Happened[] {
  const { device } = member;
  if (device === undefined) return [];
  const ordered = purchases.flatMap(({ shop, at }) =>
    shop === undefined ? [at - BEFORE_ORDER_MINUTES * 60_000] : [],
  );
  const looked = Array.from({ length: random.poisson(LONE_VISITS) }, () =>
    atMinute(demandDay(year, clock, random), webMinute(random)),
  );
  const curious = member.joinedOnline
    ? atMinute(after(member.joined, -random.whole(1, DAYS_BEFORE_JOINING)), webMinute(random))
    : undefined;
  const starts = [...ordered, ...looked, ...(curious === undefined ? [] : [curious])];
  const within = starts.filter((at) => at >= atMinute(year.first, 0));
  return within.flatMap((start, visit) => visitOf(device, visit, start, random));
}

/** Browsers that nobody ever gets to know. */
export function anonymousVisits(count: number, year: Year, clock: DemandClock, random: Random): Happened[] {
  return Array.from({ length: count }, (_, index) => index).flatMap((index) => {
    const own = random.fork(`browser/${index}`);
    const device = `visitor-${index + 1}-${own.whole(1_000, 9_999)}`;
    const starts = Array.from({ length: own.whole(1, 2) }, () =>
      atMinute(demandDay(year, clock, own), webMinute(own)),
    );
    return starts.flatMap((start, visit) => visitOf(device, visit, start, own));
  });
}

/** A page, and a few products of one kind. */
function visitOf(device: string, visit: number, start: number, random: Random): Happened[] {
  const category = random.pick(categories);
  const shown = goods.filter((good) => good.category === category);
  const seen = Array.from({ length: random.whole(0, 2) }, () => random.pick(shown).sku);
  const looks = [
    { type: 'page.viewed' as const, data: { path: `/${category}` } },
    ...seen.map((sku) => ({ type: 'product.viewed' as const, data: { sku, category } })),
  ];
  return looks.map((look, step) => {
    const at = start + step * 1_000 * random.whole(15, 90);
    const event: RawEvent = {
      id: `view-${device}-${visit}-${step}`,
      occurredAt: isoOf(at),
      ids: { device },
      ...look,
    };
    return { at, event };
  });
}
