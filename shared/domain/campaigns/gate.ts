import type { CustomerView } from '../customers/view.ts';
import { MILLIS_PER_DAY } from '../kernel/day.ts';
import { fractionOf } from '../kernel/fraction.ts';
import type { Campaign } from './campaign.ts';
import { channels } from './channels/registry.ts';
import type { Contact } from './contacts.ts';

/** Everything that decides whether one customer gets one campaign. Nothing of it may be left open. */
export interface Question {
  readonly campaign: Pick<Campaign, 'id' | 'channel' | 'holdout'>;
  readonly view: Pick<CustomerView, 'id' | 'aggregate'>;
  /** When the customer was written to lately, by whatever campaign. */
  readonly contacts: readonly Contact[];
  /** A look-up that failed has no answer here: let it throw and try again. */
  readonly suppressed: boolean;
  readonly hasAddress: boolean;
  readonly settings: { readonly frequencyCap: { readonly messages: number; readonly days: number } };
  readonly now: string;
}

/**
 * Why not, in the order of asking: the first that applies is the reason. What cannot be changed comes first,
 * then what others decided, then what the customer said, last what passes by itself.
 */
const refusals = [
  { reason: 'no-address', applies: ({ hasAddress }: Question) => !hasAddress },
  { reason: 'suppressed', applies: ({ suppressed }: Question) => suppressed },
  // Silence is no consent, and neither is a word that is not known here.
  {
    reason: 'no-consent',
    applies: (question: Question) => !['granted', 'withdrawn'].includes(consentOf(question)),
  },
  { reason: 'consent-withdrawn', applies: (question: Question) => consentOf(question) !== 'granted' },
  { reason: 'frequency-cap', applies: (question: Question) => isCapped(question) },
] as const;

export type RefusalReason = (typeof refusals)[number]['reason'];
export const refusalReasons: readonly RefusalReason[] = refusals.map(({ reason }) => reason);

export type Verdict =
  | { readonly kind: 'send' }
  | { readonly kind: 'held-out' }
  | { readonly kind: 'refused'; readonly reason: RefusalReason };

/**
 * The one gate that every message to a customer passes.
 *
 * The hold-out is drawn last, among those who would be written to. Drawn before, the control group would
 * hold people whom no message could reach, and the campaign's effect would be measured too small.
 */
export function decide(question: Question): Verdict {
  const refusal = refusals.find(({ applies }) => applies(question));
  if (refusal !== undefined) return { kind: 'refused', reason: refusal.reason };
  const { campaign, view } = question;
  return { kind: fractionOf(`${campaign.id}/${view.id}`) < campaign.holdout ? 'held-out' : 'send' };
}

const consentOf = ({ campaign, view }: Question): string =>
  view.aggregate.consent[channels[campaign.channel].consent]?.status ?? 'unknown';

function isCapped({ contacts, settings: { frequencyCap }, now }: Question): boolean {
  const since = Date.parse(now) - frequencyCap.days * MILLIS_PER_DAY;
  // Only what is certainly old does not count: a broken time, or one ahead of ours, counts.
  const old = contacts.filter(({ at }) => Date.parse(at) <= since).length;
  return contacts.length - old >= frequencyCap.messages;
}
