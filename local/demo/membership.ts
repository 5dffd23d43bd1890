import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import type { Day } from '../../shared/domain/kernel/day.ts';
import { after, atMinute, isoOf, type Year } from './calendar.ts';
import type { Happened } from './happened.ts';
import type { Member } from './members.ts';
import type { Random } from './random.ts';
import { shops } from './shops.ts';

/** Of those who left an address or a number, so many may be written to there. */
const GRANTS = { email: 0.72, sms: 0.45 };
const WITHDRAWS = 0.07;
const CHANGES = 0.03;
const TELLS_BIRTHDAY = 0.4;

/** What a member tells about himself: joining, consent, withdrawing it, and changes. `firstBuys` in milliseconds. */
export function membership(
  member: Member,
  firstBuys: number | undefined,
  year: Year,
  random: Random,
): Happened[] {
  const joins = joiningTime(member, firstBuys, random);
  return [
    enrolment(member, joins, random),
    ...(['email', 'sms'] as const).flatMap((channel) => consents(member, channel, joins, year, random)),
    ...changes(member, year, random),
  ];
}

/** At the till, or in the shop's check-out, just before the first purchase. */
const joiningTime = ({ joined, days }: Member, firstBuys: number | undefined, random: Random): number =>
  firstBuys !== undefined && joined === days[0]
    ? firstBuys - 1_000 * random.whole(40, 240)
    : atMinute(joined, random.between(12 * 60, 17 * 60));

function enrolment(
  { number, person, email, phone, device, joinedOnline, home }: Member,
  at: number,
  random: Random,
): Happened {
  const browser = joinedOnline && device !== undefined ? { device } : {};
  const { name, language, birthday } = person;
  const event: RawEvent = {
    id: `enrolled-${number}`,
    type: 'member.enrolled',
    occurredAt: isoOf(at),
    ids: { member: number, ...reachable(email, phone), ...browser },
    data: { name, language, homeStore: home.id, ...(random.chance(TELLS_BIRTHDAY) ? { birthday } : {}) },
  };
  return { at, event };
}

const reachable = (email: string | undefined, phone: string | undefined) => ({
  ...(email === undefined ? {} : { email }),
  ...(phone === undefined ? {} : { phone }),
});

function consents(
  { number, email, phone, joined, joinedOnline, home }: Member,
  channel: 'email' | 'sms',
  joins: number,
  year: Year,
  random: Random,
): Happened[] {
  const address = channel === 'email' ? email : phone;
  if (address === undefined || !random.chance(GRANTS[channel])) return [];
  const say = (status: 'granted' | 'withdrawn', at: number, note: string): Happened => ({
    at,
    event: {
      id: `consent-${number}-${channel}-${status}`,
      type: 'consent.changed',
      occurredAt: isoOf(at),
      ids: { member: number },
      data: { channel, status, evidence: { note } },
    },
  });
  const granted = say(
    'granted',
    joins + 5_000,
    joinedOnline ? 'box ticked at check-out' : `form signed at ${home.id}`,
  );
  const day = laterDay(joined, year, random);
  if (day === undefined || !random.chance(WITHDRAWS)) return [granted];
  return [granted, say('withdrawn', atMinute(day, random.between(8 * 60, 22 * 60)), 'preference page')];
}

/** A day of the year after joining. */
function laterDay(joined: Day, { first, last }: Year, random: Random): Day | undefined {
  const from = Math.max(first, after(joined, 1));
  return from > last ? undefined : (random.whole(from, last) as Day);
}

/** Somebody moves to another town, or has a new address. */
function changes({ number, joined, person, email }: Member, year: Year, random: Random): Happened[] {
  const day = laterDay(joined, year, random);
  if (day === undefined || !random.chance(CHANGES)) return [];
  const at = atMinute(day, random.between(9 * 60, 20 * 60));
  const fresh = email === undefined || random.chance(0.5) ? undefined : `new.${person.email}`;
  const event: RawEvent = {
    id: `updated-${number}`,
    type: 'member.updated',
    occurredAt: isoOf(at),
    ids: { member: number, ...reachable(fresh, undefined) },
    data: fresh === undefined ? { homeStore: random.pick(shops).id } : {},
  };
  return [{ at, event }];
}
