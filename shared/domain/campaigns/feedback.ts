import type { CustomerId, Slug } from '../kernel/ids.ts';
import type { Heard } from './ledger.ts';

/** What a channel says of a message some time after it took it. */
export interface Feedback {
  readonly kind: Heard;
  /** E-mail addresses that nobody may write to any more; none where it may work another time. */
  readonly closed: readonly string[];
  readonly at: string;
  /** Whose message it was; absent where it carried no tags of ours. */
  readonly message?: { readonly campaign: Slug; readonly customer: CustomerId };
}

/** How often it was heard of a campaign's messages. */
export type FeedbackCounts = Readonly<Record<Heard, number>>;

export const nothingHeard: FeedbackCounts = { bounced: 0, complained: 0 };

export const addFeedback = (a: FeedbackCounts, b: FeedbackCounts): FeedbackCounts => ({
  bounced: a.bounced + b.bounced,
  complained: a.complained + b.complained,
});
