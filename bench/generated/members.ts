import type { Random } from '../../local/demo/random.ts';
import type { Aggregate, Share } from '../../shared/domain/customers/aggregate.ts';
import { nobody } from '../../shared/domain/customers/aggregate.ts';
import type { PurchaseDay } from '../../shared/domain/customers/history.ts';
import { type Day, daysBefore, isoFromDay } from '../../shared/domain/kernel/day.ts';

/** The number on the card of the nth member. */
export const memberNumber = (n: number): string => `M${String(n).padStart(8, '0')}`;

/** Every twentieth member also gives this address at the till. */
export const memberEmail = (n: number): string => `member-${n}@example.com`;

const CATEGORIES = ['grocery', 'fruit', 'dairy', 'baby', 'household', 'garden', 'books', 'toys'];
const STORES = ['ams-01', 'ams-02', 'utr-01', 'rtm-01', 'web-shop'];
const HISTORY_DAYS = 400;
const MOST_DAYS = 20;
const MEAN_PRICE = 450;

/**
 * The record of one member who bought on 1 to 20 days of the last 400, in the manner of BG/NBD: a pace of its
 * own, and a chance of its own to stay away for good after each purchase. Spend is log-normal twice, between
 * members and between the days of one, so a few spend most of it.
 */
export function memberRecord(random: Random, lastDay: Day): Aggregate {
  const days = purchaseDays(random, lastDay);
  const orders = sum(days, ({ orders: count }) => count);
  const net = sum(days, ({ sales, returns }) => sales - returns);
  const whole: Share = { orders, units: Math.round(net / MEAN_PRICE), net };
  const store = random.pick(STORES);
  const first = isoFromDay(days[0]?.day ?? lastDay);
  const enrolledAt = `${first}T09:00:00.000Z`;
  return {
    ...nobody,
    facts: { 'sale.recorded': orders, 'member.enrolled': 1 },
    history: { ...nobody.history, days },
    units: whole.units,
    discounts: Math.round(net * 0.04),
    categories: parts(random, whole, CATEGORIES.slice(0, random.whole(1, 5))),
    channels: { [store === 'web-shop' ? 'web' : 'store']: whole },
    stores: { [store]: whole },
    consent: consentOf(random, enrolledAt),
    enrolledAt,
    traits: { language: { value: random.pick(['nl', 'en', 'de']), at: enrolledAt } },
    firstSeen: enrolledAt,
    lastSeen: `${isoFromDay(days.at(-1)?.day ?? lastDay)}T16:00:00.000Z`,
  };
}

const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  items.reduce((total, item) => total + of(item), 0);

function purchaseDays(random: Random, lastDay: Day): PurchaseDay[] {
  const meanGap = 4 + random.gamma(1.3, 40);
  const leaves = random.beta(1, 5);
  const usualSpend = random.normal(8, 0.9);
  const days: PurchaseDay[] = [];
  let ago = random.whole(0, HISTORY_DAYS - 1);
  while (ago >= 0 && days.length < MOST_DAYS) {
    const sales = Math.max(100, Math.round(Math.exp(random.normal(usualSpend, 0.6))));
    const returns = random.chance(0.04) ? Math.round(sales * random.fraction()) : 0;
    days.push({ day: daysBefore(lastDay, ago), orders: random.chance(0.05) ? 2 : 1, sales, returns });
    if (random.chance(leaves)) break;
    ago -= 1 + Math.floor(random.exponential(meanGap));
  }
  return days;
}

/** Cuts the whole into parts that add up to it. */
function parts(random: Random, whole: Share, names: readonly string[]): Record<string, Share> {
  let left = whole;
  const shares = names.map((name, index): [string, Share] => {
    const fraction = index === names.length - 1 ? 1 : random.fraction();
    const share = {
      orders: whole.orders,
      units: Math.floor(left.units * fraction),
      net: Math.floor(left.net * fraction),
    };
    left = { ...left, units: left.units - share.units, net: left.net - share.net };
    return [name, share];
  });
  return Object.fromEntries(shares);
}

/** Six in ten said yes, one in ten took it back, the others never said a word. */
function consentOf(random: Random, at: string): Aggregate['consent'] {
  const said = random.fraction();
  if (said >= 0.7) return {};
  return { email: { status: said < 0.6 ? 'granted' : 'withdrawn', at } };
}
