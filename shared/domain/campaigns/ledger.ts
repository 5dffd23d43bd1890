import * as z from 'zod';
import type { Outcome } from './report.ts';

const at = z.iso.datetime();

/**
 * What one campaign did for one customer. A claim is written before the message is handed over; whoever finds
 * a claim that is not its own does not send.
 */
export const Touch = z.discriminatedUnion('state', [
  z.object({ state: z.literal('claimed'), at }),
  /** `reference` is the sender's. */
  z.object({ state: z.literal('sent'), at, reference: z.string() }),
  /** By the sender, with its code. */
  z.object({ state: z.literal('refused'), at, reason: z.string() }),
  z.object({ state: z.literal('held-out'), at }),
  /** Sent, and heard of later: it came back for good, or the customer called it spam. */
  z.object({ state: z.literal('bounced'), at }),
  z.object({ state: z.literal('complained'), at }),
]);
export type Touch = z.infer<typeof Touch>;

export type Step =
  | { readonly kind: 'claim'; readonly at: string }
  | { readonly kind: 'hold-out'; readonly at: string }
  | { readonly kind: 'send'; readonly at: string; readonly reference: string }
  | { readonly kind: 'refuse'; readonly at: string; readonly reason: string }
  | { readonly kind: Heard; readonly at: string };

/** What a channel tells of a message after it was sent. */
export type Heard = 'bounced' | 'complained';

/**
 * The touch after the step, or undefined where the step must not be taken: only an untouched customer is
 * claimed or held out, only a claim is answered, once, and only what went out comes back, once. What came back
 * before its answer went out all the same.
 */
export function advance(touch: Touch | undefined, step: Step): Touch | undefined {
  if (touch === undefined) return begin(step);
  if (step.kind === 'bounced' || step.kind === 'complained') {
    return touch.state === 'claimed' || touch.state === 'sent'
      ? { state: step.kind, at: step.at }
      : undefined;
  }
  return touch.state === 'claimed' ? answer(step) : undefined;
}

function begin({ kind, at }: Step): Touch | undefined {
  if (kind === 'claim') return { state: 'claimed', at };
  return kind === 'hold-out' ? { state: 'held-out', at } : undefined;
}

function answer(step: Step): Touch | undefined {
  if (step.kind === 'send') return { state: 'sent', at: step.at, reference: step.reference };
  return step.kind === 'refuse' ? { state: 'refused', at: step.at, reason: step.reason } : undefined;
}

/** A claim without an answer: the message may be out or not, and is not sent again. */
export const INTERRUPTED = 'interrupted';

/** How a touch counts in the campaign's report. */
export function outcomeOf(touch: Touch): Outcome {
  if (touch.state === 'claimed') return { kind: 'refused', reason: INTERRUPTED };
  if (touch.state === 'refused') return { kind: 'refused', reason: touch.reason };
  return { kind: touch.state === 'held-out' ? 'held-out' : 'sent' };
}
