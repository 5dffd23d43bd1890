import { randomUUID } from 'node:crypto';
import { ListRulesCommand, TestEventPatternCommand } from '@aws-sdk/client-eventbridge';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStage, openStage } from '../../ops/open-stage.ts';
import { E2E_STAGE } from '../support/e2e-target.ts';
import { type Host, startHost } from '../support/host.ts';

const MEMBER = 'M-1';
const ADDRESS = 'ada@example.com';
const at = '2026-01-05T09:00:00Z';

/** As EventBridge brings what SES tells of a mail to an address that nobody has. */
const bounce = (campaign: string, customer: string): string =>
  JSON.stringify({
    version: '0',
    id: randomUUID(),
    source: 'aws.ses',
    account: '111122223333',
    time: new Date().toISOString(),
    region: 'eu-west-1',
    resources: [],
    'detail-type': 'Email Bounced',
    detail: bounceOf(campaign, customer),
  });

const bounceOf = (campaign: string, customer: string) => ({
  eventType: 'Bounce',
  mail: {
    timestamp: new Date().toISOString(),
    source: 'news@example.com',
    destination: [ADDRESS],
    tags: {
      'ses:configuration-set': [`clientele-${E2E_STAGE}`],
      campaign: [campaign],
      customer: [customer],
    },
  },
  bounce: {
    bounceType: 'Permanent',
    bounceSubType: 'General',
    bouncedRecipients: [{ emailAddress: ADDRESS, action: 'failed', status: '5.1.1' }],
    timestamp: new Date().toISOString(),
  },
});

describe('what SES tells on the default bus', () => {
  let host: Host;
  let stage: OpenStage;

  beforeAll(async () => {
    host = await startHost();
    stage = await openStage(E2E_STAGE);
    const ids = { member: MEMBER, email: ADDRESS };
    const consent = { channel: 'email', status: 'granted' };
    const events = [
      { id: 'in', type: 'member.enrolled', occurredAt: at, ids, data: {} },
      { id: 'yes', type: 'consent.changed', occurredAt: at, ids: { member: MEMBER }, data: consent },
    ];
    expect((await host.send(events)).status).toBe(202);
    await host.eventually(
      () => host.status(),
      ({ facts }) => facts['member.enrolled'] === 1 && facts['consent.changed'] === 1,
    );
  });
  afterAll(() => host.stop());

  async function speak(campaign: string): Promise<Record<string, unknown>> {
    await host.ask('PUT', `/v1/campaigns/${campaign}`, {
      name: campaign,
      channel: 'email',
      rule: { everyone: true },
      template: { subject: 'x', body: 'y {{ unsubscribe }}' },
      holdout: 0,
    });
    await host.ask('POST', `/v1/campaigns/${campaign}/run`);
    const { body } = await host.eventually(
      () => host.ask('GET', `/v1/campaigns/${campaign}/report`),
      (report) => report.body['status'] === 'done',
    );
    return body;
  }

  // On AWS no stage of the tests sends through SES, so none listens to it.
  it.skipIf(process.env['AWS_ENDPOINT_URL'] === undefined)('is heard by a rule of this stage', async () => {
    const { eventBridge } = stage.clients;
    const named = { EventBusName: 'default', NamePrefix: `clientele-${E2E_STAGE}-consumers` };
    const { Rules = [] } = await eventBridge.send(new ListRulesCommand(named));
    const hears = async (Event: string) => {
      const patterns = Rules.map(({ EventPattern }) => EventPattern);
      const answers = await Promise.all(
        patterns.map((EventPattern) =>
          eventBridge.send(new TestEventPatternCommand({ EventPattern, Event })),
        ),
      );
      return answers.map(({ Result }) => Result);
    };

    expect(await hears(bounce('first', 'somebody'))).toEqual([true]);
    expect(await hears(bounce('first', 'somebody').replace(`clientele-${E2E_STAGE}`, 'another'))).toEqual([
      false,
    ]);
  });

  it('counts in the report of the campaign, and closes the address to the next one', async () => {
    expect(await speak('first')).toMatchObject({ sent: 1, refused: {} });
    const { body: customer } = await host.ask<{ id: string }>('POST', '/v1/customers/look-up', {
      member: MEMBER,
    });

    const told = {
      QueueUrl: stage.deployed.queues['campaigns/take-feedback'],
      MessageBody: bounce('first', customer.id),
    };
    // Brought twice, as happens.
    for (const _time of ['once', 'again']) await stage.clients.sqs.send(new SendMessageCommand(told));

    await host.eventually(
      () => host.ask<{ feedback: { bounced: number } }>('GET', '/v1/campaigns/first/report'),
      ({ body }) => body.feedback.bounced === 1,
    );
    expect(await speak('second')).toMatchObject({ sent: 0, refused: { suppressed: 1 } });
    const { body: first } = await host.ask('GET', '/v1/campaigns/first/report');
    expect(first).toMatchObject({ sent: 1, feedback: { bounced: 1, complained: 0 } });
  });
});
