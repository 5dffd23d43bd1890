import type { EventType } from '../events/catalogue.ts';
import type { MessageMove } from '../events/message-feedback.ts';
import { fractionOf } from '../kernel/fraction.ts';
import { type Browsing, combineBrowsing } from './browsing.ts';

/** What is counted apart: the type, and of messages what became of them. */
export type SignalName = EventType | `message.${MessageMove}`;

/** How often, and when last (UTC). */
export interface Tally {
  readonly count: number;
  readonly last: string;
}

/**
 * Signals of one customer, counted. A signal told twice is recognised while it is among the latest
 * `REMEMBERED`; beyond that it counts again, which is what makes a million of them cheap.
 */
export interface Signals {
  readonly tallies: Partial<Record<SignalName, Tally>>;
  /** The latest ones as 'time type id', ascending, the id hashed: of two in one instant it tells one from the other. */
  readonly recent: readonly string[];
  /** Of whom anything of the kind was heard. */
  readonly browsing?: Browsing;
}

export const REMEMBERED = 32;

export const noSignals: Signals = { tallies: {}, recent: [] };

/** Adds two sets of signals; what both remember counts once. */
export function combineSignals(a: Signals, b: Signals): Signals {
  if (a.recent.length === 0) return b;
  if (b.recent.length === 0) return a;
  const known = new Set(a.recent);
  const doubled = b.recent.filter((mark) => known.has(mark));
  const tallies: Partial<Record<SignalName, Tally>> = { ...a.tallies };
  for (const [type, tally] of Object.entries(b.tallies) as [SignalName, Tally][]) {
    const own = tallies[type];
    const again = doubled.filter((mark) => typeOf(mark) === type).length;
    tallies[type] = {
      count: (own?.count ?? 0) + tally.count - again,
      last: own !== undefined && own.last > tally.last ? own.last : tally.last,
    };
  }
  const recent = [...new Set([...a.recent, ...b.recent])].sort().slice(-REMEMBERED);
  const browsing = combineBrowsing(a.browsing, b.browsing);
  return { tallies, recent, ...(browsing === undefined ? {} : { browsing }) };
}

/** One signal on its own. */
export const oneSignal = (name: SignalName, id: string, at: string, browsing?: Browsing): Signals => ({
  tallies: { [name]: { count: 1, last: at } },
  recent: [`${at} ${name} ${hashed(id)}`],
  ...(browsing === undefined ? {} : { browsing }),
});

/**
 * Whether a signal that is told again may have been counted: it is remembered, or it is older than everything that is,
 * and then nobody can say.
 */
export function mayBeCounted({ recent }: Signals, again: Signals): boolean {
  const [oldest = ''] = recent;
  return again.recent.some((mark) => recent.includes(mark) || (recent.length >= REMEMBERED && mark < oldest));
}

/** 32 bits: ids take most of a record's room, which is paid by the kilobyte at every write. */
const hashed = (id: string): string => (fractionOf(id) * 2 ** 32).toString(36);

const typeOf = (mark: string): string | undefined => mark.split(' ', 2)[1];
