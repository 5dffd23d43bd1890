import * as z from 'zod';
import { defineEvent } from './define-event.ts';
import { Label } from './receipt.ts';

/** The least and the most that can be answered: would recommend, was satisfied, found it easy. */
const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const;

export const surveyKinds = ['nps', 'csat', 'ces'] as const satisfies readonly (keyof typeof scales)[];
export type SurveyKind = (typeof surveyKinds)[number];

export const scaleOf = (kind: SurveyKind): readonly [least: number, most: number] => scales[kind];

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
      const [least, most] = scales[kind];
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
