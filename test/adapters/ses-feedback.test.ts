import { describe, expect, it } from 'vitest';
import { sesFeedback } from '../../shared/adapters/aws/ses-feedback.ts';

const customer = `member_${'a'.repeat(26)}`;

/** The shape that SES publishes; addresses as receiving servers spell them. */
const mail = (tags: Readonly<Record<string, readonly string[]>> = {}) => ({
  timestamp: '2026-03-16T09:00:00.000Z',
  source: 'news@example.com',
  messageId: '010201860d89bc12-7ce77242-b9cf-492d-a880-7f5401590119-000000',
  destination: ['ada@example.com'],
  tags: {
    'ses:configuration-set': ['clientele-europe'],
    campaign: ['spring'],
    customer: [customer],
    ...tags,
  },
});

const bounce = (bounceType: string, emailAddress = 'ada@example.com') => ({
  eventType: 'Bounce',
  mail: mail(),
  bounce: {
    feedbackId: '010201860d89be0a',
    bounceType,
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress, action: 'failed', status: '5.1.1' }],
    timestamp: '2026-03-16T10:00:01.000+01:00',
  },
});

describe('feedback of SES', () => {
  it('closes an address that bounced for good, and says whose message it was', () => {
    expect(sesFeedback(bounce('Permanent'))).toEqual({
      kind: 'bounced',
      closed: ['ada@example.com'],
      at: '2026-03-16T09:00:01.000Z',
      message: { campaign: 'spring', customer },
    });
  });

  it.each(['Transient', 'Undetermined'])('closes nothing after a bounce that is %s', (bounceType) => {
    expect(sesFeedback(bounce(bounceType))).toMatchObject({ kind: 'bounced', closed: [] });
  });

  it.each(['Ada Lovelace <ADA@example.com>', ' ada@example.COM ', '"A, L" <ada@example.com>'])(
    'knows %s for one address',
    (spelt) => {
      expect(sesFeedback(bounce('Permanent', spelt)).closed).toEqual(['ada@example.com']);
    },
  );

  it('closes the address of whoever complained', () => {
    const told = {
      eventType: 'Complaint',
      mail: mail(),
      complaint: {
        complainedRecipients: [{ emailAddress: 'ada@example.com' }],
        timestamp: '2026-03-16T10:00:01.000Z',
        complaintFeedbackType: 'abuse',
      },
    };

    expect(sesFeedback(told)).toMatchObject({ kind: 'complained', closed: ['ada@example.com'] });
  });

  it('needs no tags of ours', () => {
    const { tags: _none, ...untagged } = mail();

    expect(sesFeedback({ ...bounce('Permanent'), mail: untagged })).not.toHaveProperty('message');
    expect(
      sesFeedback({ ...bounce('Permanent'), mail: mail({ campaign: ['not a slug'] }) }),
    ).not.toHaveProperty('message');
  });

  it.each([
    [{ eventType: 'Delivery' }, 'eventType'],
    [{ ...bounce('Permanent'), bounce: {} }, 'bounce.bounceType'],
    ['text', ''],
  ])('refuses what it cannot read, and names the place', (told, path) => {
    expect(() => sesFeedback(told)).toThrow(expect.objectContaining({ code: 'unreadable-feedback', path }));
  });
});
