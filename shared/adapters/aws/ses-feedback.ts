import * as z from 'zod';
import type { Feedback } from '../../domain/campaigns/feedback.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { CustomerId, Slug } from '../../domain/kernel/ids.ts';

/** `Ada <ADA@example.com>` and ` ada@example.com` are one address. */
const Address = z
  .string()
  .transform((text) => (/<([^<>]+)>\s*$/.exec(text)?.[1] ?? text).trim().toLowerCase());

const Recipients = z.array(z.object({ emailAddress: Address }));

const Tags = z.object({ campaign: z.tuple([Slug]), customer: z.tuple([CustomerId]) });

const Mail = z.object({ timestamp: z.iso.datetime({ offset: true }), tags: z.unknown().optional() });

/**
 * The part that we need of what SES tells EventBridge.
 * https://docs.aws.amazon.com/ses/latest/dg/event-publishing-retrieving-firehose-contents.html
 */
const Told = z.discriminatedUnion('eventType', [
  z.object({
    eventType: z.literal('Bounce'),
    mail: Mail,
    bounce: z.object({
      bounceType: z.string(),
      bouncedRecipients: Recipients,
      timestamp: z.iso.datetime({ offset: true }),
    }),
  }),
  z.object({
    eventType: z.literal('Complaint'),
    mail: Mail,
    complaint: z.object({
      complainedRecipients: Recipients,
      timestamp: z.iso.datetime({ offset: true }),
    }),
  }),
]);

/**
 * Reads a bounce or complaint of SES. Only a permanent bounce closes an address: a full mailbox may be empty
 * tomorrow. Throws InvalidInput `unreadable-feedback`.
 */
export function sesFeedback(detail: unknown): Feedback {
  const parsed = Told.safeParse(detail);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const path = issue?.path.join('.') ?? '';
    throw new InvalidInput('unreadable-feedback', path, `${path}: ${issue?.message ?? 'cannot be read'}`);
  }
  const told = parsed.data;
  const tags = Tags.safeParse(told.mail.tags);
  const message = tags.success
    ? { message: { campaign: tags.data.campaign[0], customer: tags.data.customer[0] } }
    : {};
  if (told.eventType === 'Complaint') {
    const { complainedRecipients, timestamp } = told.complaint;
    return {
      kind: 'complained',
      closed: addressesOf(complainedRecipients),
      at: inUtc(timestamp),
      ...message,
    };
  }
  const { bounceType, bouncedRecipients, timestamp } = told.bounce;
  const closed = bounceType === 'Permanent' ? addressesOf(bouncedRecipients) : [];
  return { kind: 'bounced', closed, at: inUtc(timestamp), ...message };
}

const addressesOf = (recipients: z.infer<typeof Recipients>): readonly string[] =>
  recipients.map(({ emailAddress }) => emailAddress);

const inUtc = (timestamp: string): string => new Date(timestamp).toISOString();
