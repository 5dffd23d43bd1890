import * as z from 'zod';
import { ContactChannel } from '../events/consent-changed.ts';
import { Slug } from '../kernel/ids.ts';
import { Rule } from '../segments/rule.ts';
import { faultIn } from './check-template.ts';
import { LONGEST_TEMPLATE } from './template.ts';

const Liquid = z
  .string('takes a Liquid text')
  .trim()
  .min(1, 'must not be empty')
  .max(LONGEST_TEMPLATE, `has at most ${LONGEST_TEMPLATE} characters`);

const Written = z.strictObject({
  id: Slug,
  name: z.string().trim().min(1, 'give the campaign a name that people read').max(200),
  channel: ContactChannel,
  /** Who is to get it: a segment by its id, or a rule written here. */
  segment: Slug.optional(),
  rule: Rule.optional(),
  template: z.strictObject({ subject: Liquid.optional(), body: Liquid }),
  /** Share of those who would be written to and are not, to measure what the campaign does. */
  holdout: z
    .number('takes a share such as 0.1')
    .min(0, 'must not be negative')
    .max(0.5, 'is a share up to 0.5: 0.1 for 10 %')
    .default(0.1),
  /** What the customer must have consented to. */
  purpose: z.literal('marketing', 'takes only "marketing"').default('marketing'),
  /** After a crash nobody is written to twice, at the price that somebody may not be written to at all. */
  duplicates: z.literal('at-most-once', 'takes only "at-most-once"').default('at-most-once'),
});
type Written = z.infer<typeof Written>;

type Audience =
  | { readonly segment: Slug; readonly rule?: undefined }
  | { readonly rule: Rule; readonly segment?: undefined };

/** A broadcast: one message to everybody in an audience, once. */
export type Campaign = Omit<Written, 'segment' | 'rule'> & Audience;

/** Says also what a shape cannot: one audience, a subject where there is a place for it, a template that works. */
export const Campaign = Written.superRefine((campaign, context) => {
  const { segment, rule } = campaign;
  if (segment === undefined && rule === undefined) {
    context.addIssue({ code: 'custom', path: ['segment'], message: 'name a segment, or write a rule' });
  }
  if (segment !== undefined && rule !== undefined) {
    context.addIssue({
      code: 'custom',
      path: ['rule'],
      message: 'stands beside a segment; leave one of them out',
    });
  }
  const fault = faultIn(campaign);
  if (fault !== undefined) {
    context.addIssue({ code: 'custom', path: ['template', fault.field], message: fault.message });
  }
  // Exactly one audience was just checked; TypeScript cannot follow.
}) as unknown as z.ZodType<Campaign, z.input<typeof Written>>;
