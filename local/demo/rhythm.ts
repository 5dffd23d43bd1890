import type { Day } from '../../shared/domain/kernel/day.ts';
import { after, type Year } from './calendar.ts';
import { type DemandClock, isHoliday, openingHours } from './demand.ts';
import type { Good } from './goods.ts';
import type { Random } from './random.ts';
import type { Shop } from './shops.ts';

/** A need that comes back while a child is small. */
export interface Habit {
  readonly good: Good;
  readonly everyDays: number;
  readonly until: Day;
}

/** Everybody's own rhythm and own end, drawn as BG/NBD sees them (Fader, Hardie, Lee 2005, section 2). The gap is in ordinary days. */
const RATE = { shape: 1.1, meanGap: 46 };
const DROPOUT = { a: 0.8, b: 6.4 };

export interface Shopper {
  readonly start: Day;
  readonly joinsWithin: boolean;
  readonly habit: Habit | undefined;
  readonly home: Shop;
  readonly online: boolean;
}

/** The days on which somebody buys, ascending. */
export function buyingDays(shopper: Shopper, year: Year, clock: DemandClock, random: Random): Day[] {
  const rate = random.gamma(RATE.shape, 1 / RATE.meanGap);
  const dropout = random.beta(DROPOUT.a, DROPOUT.b);
  const days = new Set<Day>();
  let last = year.last;
  // Joining is done at the till, with the first purchase.
  let demand = clock.at(shopper.start) + (shopper.joinsWithin ? 0 : random.exponential(1 / rate));
  for (let day = clock.dayOf(demand); day !== undefined; day = clock.dayOf(demand)) {
    days.add(day);
    last = day;
    if (random.chance(dropout)) break;
    last = year.last;
    demand += random.exponential(1 / rate);
  }
  for (const day of habitDays(shopper, last, random)) days.add(day);
  const open = [...days].map((day) => openDay(day, shopper));
  return [...new Set(open)].filter((day) => day <= year.last).sort((a, b) => a - b);
}

/** Who has left buys nothing more; a habit ends then, too. */
function habitDays({ start, habit }: Shopper, last: Day, random: Random): Day[] {
  if (habit === undefined) return [];
  const end = Math.min(habit.until, last);
  const days: Day[] = [];
  let next = start + random.between(0, habit.everyDays);
  while (next <= end) {
    days.push(Math.floor(next) as Day);
    next += Math.max(3, random.normal(habit.everyDays, habit.everyDays * 0.12));
  }
  return days;
}

/** The web never closes; a store's customer comes when it opens again. */
function openDay(day: Day, { home, online }: Pick<Shopper, 'home' | 'online'>): Day {
  if (online && !isHoliday(day)) return day;
  return openingHours(home, day) === undefined ? openDay(after(day, 1), { home, online }) : day;
}
