import type { EventType } from '../events/catalogue.ts';
import type { ContactChannel } from '../events/consent-changed.ts';
import type { Minor } from '../kernel/money.ts';
import { combineHistories, noHistory, type PurchaseHistory } from './history.ts';
import type { Latest } from './latest.ts';
import { combineHouseholds, earlierReferral, type HouseholdWord, type Referral } from './relations.ts';
import { type Answers, type Asked, addAnswers, type Case, combineCases } from './service.ts';
import { combineSightings, type Sightings } from './sightings.ts';
import { combineSignals, noSignals, type Signals } from './signals.ts';

/** What a part of the business earned from this customer, net of returns, minor units. */
export interface Share {
  readonly orders: number;
  readonly units: number;
  readonly net: Minor;
}

/** The customer's latest word on a channel. Of two words in one instant the withdrawal counts. */
export interface ConsentState {
  readonly status: 'granted' | 'withdrawn';
  readonly at: string;
}

/** A value and when it was said; the later one stays, of two in one instant the greater one. */
export interface Stamped<T extends string> {
  readonly value: T;
  readonly at: string;
}

/**
 * Everything one profile (or the strangers of one till on one day) adds up to. A commutative monoid:
 * `nobody` is its zero, `combine` adds aggregates of different events, in any order and any grouping.
 */
export interface Aggregate {
  /** Facts counted, by type; a receipt in parts counts once. */
  readonly facts: Partial<Record<EventType, number>>;
  readonly history: PurchaseHistory;
  readonly units: number;
  readonly discounts: Minor;
  /** Corrections of the books that are no sale. */
  readonly adjustments: Minor;
  readonly categories: Readonly<Record<string, Share>>;
  readonly channels: Readonly<Record<string, Share>>;
  readonly stores: Readonly<Record<string, Share>>;
  /** What was paid by card, in cash and so on, before refunds; minor units. */
  readonly payments: Readonly<Record<string, Minor>>;
  readonly consent: Partial<Record<ContactChannel, ConsentState>>;
  /** What the customer thinks of us. */
  readonly feedback: Partial<Record<Asked, Answers>>;
  /** By ticket number. A closing stands in both, since it does not say which it closes. */
  readonly tickets: Latest<Case>;
  readonly complaints: Latest<Case>;
  readonly complainedAt?: string;
  /** The last sale: what was in the basket before it is no longer. */
  readonly boughtAt?: string;
  readonly enrolledAt?: string;
  /** What is known of the member and is not personal: language, home store. */
  readonly traits: Readonly<Record<string, Stamped<string>>>;
  /** By name. */
  readonly households: Latest<HouseholdWord>;
  readonly referredBy?: Referral;
  readonly signals: Signals;
  /** Weaker profiles that were seen together with this one, and when first (epoch milliseconds); the oldest only. */
  readonly links: Sightings;
  readonly firstSeen?: string;
  readonly lastSeen?: string;
}

export const nobody: Aggregate = {
  facts: {},
  history: noHistory,
  units: 0,
  discounts: 0,
  adjustments: 0,
  categories: {},
  channels: {},
  stores: {},
  payments: {},
  consent: {},
  feedback: {},
  tickets: {},
  complaints: {},
  traits: {},
  households: {},
  signals: noSignals,
  links: {},
};

/** Adds two aggregates of different events. */
export function combine(a: Aggregate, b: Aggregate): Aggregate {
  if (a === nobody) return b;
  if (b === nobody) return a;
  return {
    facts: mergeRecords(a.facts, b.facts, (x, y) => x + y),
    history: combineHistories(a.history, b.history),
    units: addUnits(a.units, b.units),
    discounts: a.discounts + b.discounts,
    adjustments: a.adjustments + b.adjustments,
    categories: mergeRecords(a.categories, b.categories, addShares),
    channels: mergeRecords(a.channels, b.channels, addShares),
    stores: mergeRecords(a.stores, b.stores, addShares),
    payments: addSums(a.payments, b.payments),
    consent: mergeRecords(a.consent, b.consent, laterConsent),
    feedback: mergeRecords(a.feedback, b.feedback, addAnswers),
    tickets: combineCases(a.tickets, b.tickets),
    complaints: combineCases(a.complaints, b.complaints),
    traits: mergeRecords(a.traits, b.traits, laterStamp),
    households: combineHouseholds(a.households, b.households),
    signals: combineSignals(a.signals, b.signals),
    links: combineSightings(a.links, b.links),
    ...present('complainedAt', later(a.complainedAt, b.complainedAt)),
    ...present('boughtAt', later(a.boughtAt, b.boughtAt)),
    ...present('enrolledAt', earlier(a.enrolledAt, b.enrolledAt)),
    ...present('referredBy', earlierReferral(a.referredBy, b.referredBy)),
    ...present('firstSeen', earlier(a.firstSeen, b.firstSeen)),
    ...present('lastSeen', later(a.lastSeen, b.lastSeen)),
  };
}

const present = <K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } =>
  (value === undefined ? {} : { [key]: value }) as { [P in K]?: V };

const earlier = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b < a) ? b : a;

const later = (a: string | undefined, b: string | undefined): string | undefined =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Quantities carry four decimals; adding them as whole ten-thousandths keeps sums independent of order. */
const addUnits = (a: number, b: number): number => Math.round(a * 10_000 + b * 10_000) / 10_000;

/** A sum of nothing leaves no name behind, which would tell what was counted before it was corrected. */
const addSums = (a: Aggregate['payments'], b: Aggregate['payments']): Record<string, Minor> =>
  Object.fromEntries(
    Object.entries(mergeRecords(a, b, (x: Minor, y: Minor) => x + y)).filter(([, sum]) => sum !== 0),
  );

const addShares = (a: Share, b: Share): Share => ({
  orders: a.orders + b.orders,
  units: addUnits(a.units, b.units),
  net: a.net + b.net,
});

const laterConsent = (a: ConsentState, b: ConsentState): ConsentState => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.status === 'withdrawn' ? a : b;
};

const laterStamp = <T extends string>(a: Stamped<T>, b: Stamped<T>): Stamped<T> => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.value > b.value ? a : b;
};

/** Keys are names that the door took, so none of them is __proto__. */
function mergeRecords<K extends string, V>(
  a: Partial<Readonly<Record<K, V>>>,
  b: Partial<Readonly<Record<K, V>>>,
  add: (x: V, y: V) => V,
): Record<K, V> {
  const merged = { ...a } as Record<K, V>;
  for (const [key, value] of Object.entries(b) as [K, V][]) {
    merged[key] = Object.hasOwn(merged, key) ? add(merged[key], value) : value;
  }
  return merged;
}
