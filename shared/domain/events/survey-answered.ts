import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';
import { scaleOf, surveyKinds } from './survey.ts';

export const surveyAnswered = defineEvent({
  type: 'survey.answered',
  class: 'fact',
  summary: 'A question of a survey was answered: NPS 0 to 10, CSAT 1 to 5, CES 1 (hard) to 7 (easy).',
  version: 1,
  data: z
    .looseObject({
      kind: z.enum(surveyKinds),
      score: z.int(),
      /** The shop's own name of the survey. */
      survey: Label.optional(),
      store: Label.optional(),
      comment: z.string().max(5_000).optional(),
    })
    .superRefine(({ kind, score }, context) => {
      const [least, most] = scaleOf(kind);
      if (score >= least && score <= most) return;
      context.addIssue({
        code: 'custom',
        path: ['score'],
        message: `of ${kind} is from ${least} to ${most}`,
      });
    }),
  impersonal: ['kind', 'score', 'survey', 'store'],
  said: true,
  sample: { kind: 'nps', score: 9, survey: 'after-purchase', store: 'ams-01', comment: 'Friendly people.' },
});
