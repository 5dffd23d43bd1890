import type { Day } from '../../shared/domain/kernel/day.ts';
import { after, type Year } from './calendar.ts';
import { type DemandClock, demandDay } from './demand.ts';
import { type Category, categories, replenished } from './goods.ts';
import { type Person, person } from './people.ts';
import type { Random } from './random.ts';
import { buyingDays, type Habit } from './rhythm.ts';
import { type Shop, shops } from './shops.ts';

export interface Member {
  readonly number: string;
  readonly person: Person;
  readonly email: string | undefined;
  readonly phone: string | undefined;
  /** The browser with which the member shops on the web; undefined for those who never do. */
  readonly device: string | undefined;
  readonly home: Shop;
  /** Share of purchases on the web. */
  readonly webShare: number;
  /** The day of enrolment, which may lie before the year. */
  readonly joined: Day;
  readonly joinedOnline: boolean;
  readonly taste: Readonly<Record<Category, number>>;
  readonly habit: Habit | undefined;
  /** Days of the year on which the member buys, ascending. */
  readonly days: readonly Day[];
}

/** Joins within the year; the others did before it. */
const JOINS_WITHIN = 0.45;
const SHOPS_ONLINE = 0.45;
/** Of those who joined before the year: gone for good before it began. */
const GONE_BEFORE = 0.24;
/** Joined and never bought. */
const NEVER_BUYS = 0.05;
const HAS_HABIT = 0.2;

export function members(count: number, year: Year, clock: DemandClock, random: Random): Member[] {
  return Array.from({ length: count }, (_, index) =>
    member(index, year, clock, random.fork(`member/${index}`)),
  );
}

function member(index: number, year: Year, clock: DemandClock, random: Random): Member {
  const who = person(index, random.fork('person'));
  const joinsWithin = random.chance(JOINS_WITHIN);
  const wished = joinsWithin ? demandDay(year, clock, random) : after(year.first, -random.whole(1, 900));
  const online = random.chance(SHOPS_ONLINE);
  const home = random.weighted(shops, ({ weight }) => weight);
  const webShare = online ? random.beta(1.5, 2.2) : 0;
  const start = joinsWithin ? wished : year.first;
  const habit = random.chance(HAS_HABIT) ? habitOf(start, random) : undefined;
  const buys = !random.chance(joinsWithin ? NEVER_BUYS : GONE_BEFORE);
  const shopper = { start, joinsWithin, habit, home, online };
  const days = buys ? buyingDays(shopper, year, clock, random.fork('days')) : [];
  return {
    number: `M${100_001 + index}`,
    person: who,
    ...contact(who, online, random),
    device: online ? `browser-${index + 1}-${random.whole(1_000, 9_999)}` : undefined,
    home,
    webShare,
    joined: joinsWithin ? (days[0] ?? wished) : wished,
    joinedOnline: random.chance(webShare),
    taste: tasteOf(random),
    habit,
    days,
  };
}

/** Everybody leaves an address or a number; who shops on the web has an address there. */
function contact({ email, phone }: Person, online: boolean, random: Random): Pick<Member, 'email' | 'phone'> {
  if (phone === undefined || online || random.chance(0.75)) {
    return { email, phone: random.chance(0.6) ? phone : undefined };
  }
  return { email: undefined, phone };
}

function habitOf(start: Day, random: Random): Habit {
  const good = random.pick(replenished);
  return {
    good,
    everyDays: good.lasts * random.between(0.85, 1.3),
    until: after(start, random.whole(60, 420)),
  };
}

const tasteOf = (random: Random): Record<Category, number> => {
  const favourite = random.pick(categories);
  const own = categories.map((category) => [
    category,
    random.gamma(1.5, 1) * (category === favourite ? 4 : 1),
  ]);
  return Object.fromEntries(own) as Record<Category, number>;
};
