import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

export const messageMoves = ['delivered', 'opened', 'clicked'] as const;
export type MessageMove = (typeof messageMoves)[number];

export const messageFeedback = defineEvent({
  type: 'message.feedback',
  class: 'signal',
  summary: 'What a sender outside saw of its message: it arrived, was opened, a link in it was followed.',
  version: 1,
  data: z.looseObject({ kind: z.enum(messageMoves), channel: Label, campaign: Label.optional() }),
  sample: { kind: 'opened', channel: 'email', campaign: 'spring' },
});
