import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import type { Day } from '../../shared/domain/kernel/day.ts';
import { type BasketLine, basket, commonTaste } from './baskets.ts';
import { atMinute, daysOf, type Year } from './calendar.ts';
import { demandOn, openingHours, webMinute } from './demand.ts';
import type { Member } from './members.ts';
import type { Random } from './random.ts';
import { type Shop, shops } from './shops.ts';

/** Somebody buys: not yet a receipt, since only the till knows its number. */
export interface Purchase {
  readonly kind: 'purchase';
  readonly day: Day;
  /** Milliseconds. */
  readonly at: number;
  /** Undefined on the web. */
  readonly shop: Shop | undefined;
  readonly ids: RawEvent['ids'];
  readonly lines: readonly BasketLine[];
}

export function memberPurchases(member: Member, random: Random): Purchase[] {
  let needed = member.days[0];
  return member.days.map((day) => {
    const online = member.device !== undefined && wantsWeb(member, day, random);
    const { habit } = member;
    const due = habit !== undefined && needed !== undefined && day >= needed && day <= habit.until;
    if (due) needed = Math.floor(day + habit.everyDays * 0.7) as Day;
    const shop = online ? undefined : openShop(member.home, day, random);
    return {
      kind: 'purchase',
      day,
      at: shop === undefined ? atMinute(day, webMinute(random)) : storeTime(shop, day, random),
      shop,
      ids: shop === undefined ? webIds(member, random) : storeIds(member, random),
      lines: basket(day, member.taste, random, due ? habit.good : undefined),
    };
  });
}

/** The first purchase of who joins is made where the member joined. */
const wantsWeb = ({ joined, joinedOnline, webShare }: Member, day: Day, random: Random): boolean =>
  day === joined ? joinedOnline : random.chance(webShare);

/** Seldom another one than the member's own; where none is open, the web. */
function openShop(home: Shop, day: Day, random: Random): Shop | undefined {
  const wanted = random.chance(0.9) ? home : random.pick(shops);
  return [wanted, home].find((shop) => openingHours(shop, day) !== undefined);
}

const storeTime = (shop: Shop, day: Day, random: Random): number => {
  const { from, to } = openingHours(shop, day) ?? { from: 10 * 60, to: 18 * 60 };
  return atMinute(day, from + (to - from - 1) * random.beta(2.2, 1.8));
};

/** At the till the card is scanned, or the phone number told. */
const storeIds = ({ number, phone }: Member, random: Random): RawEvent['ids'] =>
  phone !== undefined && random.chance(0.15) ? { phone } : { member: number };

/** Logged in, the shop knows the member; a guest leaves an address. */
const webIds = ({ number, email, device }: Member, random: Random): RawEvent['ids'] => {
  const browser = device === undefined ? {} : { device };
  const address = email === undefined ? {} : { email };
  return email === undefined || random.chance(0.65)
    ? { member: number, ...address, ...browser }
    : { ...address, ...browser };
};

/** Customers at the till of whom nothing is known. `count` over the year, as demand goes. */
export function strangerPurchases(count: number, year: Year, random: Random): Purchase[] {
  const days = daysOf(year);
  const whole = days.reduce((sum, day) => sum + demandOn(day), 0);
  return days.flatMap((day) => {
    const open = shops.filter((shop) => openingHours(shop, day) !== undefined);
    if (open.length === 0) return [];
    return Array.from({ length: random.poisson((count * demandOn(day)) / whole) }, (): Purchase => {
      const shop = random.weighted(open, ({ weight }) => weight);
      return {
        kind: 'purchase',
        day,
        at: storeTime(shop, day, random),
        shop,
        ids: {},
        lines: basket(day, commonTaste, random),
      };
    });
  });
}
