import type { ProfileId } from '../kernel/ids.ts';
import { combineLatest, type Heard, type Latest } from './latest.ts';

/** The latest word on one household. Of two in one instant the leaving counts. */
export interface HouseholdWord extends Heard {
  readonly status: 'joined' | 'left';
}

/** More than anybody moves through; beyond that the ones heard of longest ago are let go. */
const MOST_HOUSEHOLDS = 10;

export const combineHouseholds = (a: Latest<HouseholdWord>, b: Latest<HouseholdWord>) =>
  combineLatest(a, b, MOST_HOUSEHOLDS, laterWord);

const laterWord = (a: HouseholdWord, b: HouseholdWord): HouseholdWord => {
  if (a.at !== b.at) return a.at > b.at ? a : b;
  return a.status === 'left' ? a : b;
};

/**
 * The household that somebody is in: of those joined and not left since, the one joined last, of one instant the
 * greater name. Who moves may join the new one before they leave the old one.
 */
export function householdOf(households: Latest<HouseholdWord>): string | undefined {
  const joined = Object.entries(households).filter(([, { status }]) => status === 'joined');
  return joined.sort(([a, x], [b, y]) => (x.at === y.at ? (a < b ? 1 : -1) : x.at < y.at ? 1 : -1))[0]?.[0];
}

/** Who brought this customer. */
export interface Referral extends Heard {
  readonly by: ProfileId;
}

/** Who came first brought them; of one instant the lesser id. */
export function earlierReferral(a: Referral | undefined, b: Referral | undefined): Referral | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  if (a.at !== b.at) return a.at < b.at ? a : b;
  return a.by < b.by ? a : b;
}
