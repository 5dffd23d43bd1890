import { expect, it } from 'vitest';
import { outboxSender } from '../../../shared/adapters/outbox-sender.ts';
import type { CustomerId, Slug } from '../../../shared/domain/kernel/ids.ts';
import type { Driver } from './driver.ts';
import { bounce, daysAgo } from './shop.ts';

/** What is said to customers, by whichever way the stage has. Needs the segment of the night's scenes. */
export function campaignScenes(at: () => Driver): void {
  it.each([
    ['email', { subject: 'Tea', body: 'Hello {{ name | default: "you" }}. {{ unsubscribe }}' }],
    ['sms', { body: 'Tea. {{ unsubscribe }}' }],
  ])('runs a campaign by %s through the outbox, and its report adds up', async (channel, template) => {
    const { stage, aws, call } = at();
    const id = `spring-${channel}`;
    const campaign = { name: 'Spring', channel, segment: 'repeaters', template, holdout: 0.2 };
    const before = aws.seen.sent.length;
    expect(await call('putCampaign', { params: { id }, body: campaign })).toMatchObject({ status: 200 });

    expect(await call('runCampaign', { params: { id } })).toMatchObject({ status: 202 });
    await aws.settle();

    const { body } = await call('reportCampaign', { params: { id } });
    const kept = await call('readOutbox', { params: { id } });
    expect(body).toMatchObject({ status: 'done' });
    expect(body.sent).toBeGreaterThan(5);
    expect(body.sent + body.heldOut).toBe(body.audience - (body.refused['consent-withdrawn'] ?? 0));
    expect([aws.seen.sent.length - before, kept.body.messages.length]).toEqual(
      stage.written.email.kind === 'ses' ? [body.sent, 0] : [0, body.sent],
    );
    expect((await call('listCampaigns')).body.campaigns.length).toBeGreaterThan(0);
    expect((await call('getCampaign', { params: { id } })).body.status).toBe('done');
  });

  it('still shows the messages of a time when it kept them', async () => {
    const { aws, call } = at();
    const { store: table, keyring } = aws;
    const kept = outboxSender({ table, keyring, clock: () => daysAgo(0) });
    const to = { customer: 'member_x' as CustomerId, channel: 'email', to: 'a@example.com' } as const;
    await kept.send({ campaign: 'spring-email' as Slug, ...to, body: 'Hi' });

    const { body } = await call('readOutbox', { params: { id: 'spring-email' } });

    expect(body.messages).toContainEqual(expect.objectContaining({ customer: 'member_x', body: 'Hi' }));
  });

  it('hears of a bounce, closes the address and counts it', async () => {
    const { aws, call } = at();
    const { body } = await call('lookUpCustomer', { body: { member: 'm-7' } });
    const detail = bounce('spring-email', body.id, 'm-7@example.com');
    const record = { messageId: 'm-1', body: JSON.stringify({ 'detail-type': 'Email Bounced', detail }) };

    const heard = await aws.invoke('campaigns/take-feedback', { Records: [record] });

    expect(heard).toEqual({ batchItemFailures: [] });
    const { feedback } = (await call('reportCampaign', { params: { id: 'spring-email' } })).body;
    expect(feedback).toMatchObject({ bounced: 1 });
  });
}
