import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { countOf } from '../support/count-of.ts';
import { type Host, startHost } from '../support/host.ts';

let host: Host;
const CUSTOMERS = 60;
const LAST_DAY = '2026-03-31';

/** Every third withdrew or never gave consent, every tenth gave no address. */
const enrolment = (n: number) => ({
  id: `enrol-${n}`,
  type: 'member.enrolled',
  occurredAt: '2026-01-05T09:00:00+01:00',
  ids: { member: `M-${n}`, ...(n % 10 === 0 ? {} : { email: `c${n}@example.com` }) },
  data: { name: `Customer ${n}`, language: 'nl' },
});
const consent = (n: number) => ({
  id: `consent-${n}`,
  type: 'consent.changed',
  occurredAt: '2026-01-05T09:01:00+01:00',
  ids: { member: `M-${n}` },
  data: { channel: 'email', status: n % 6 === 0 ? 'withdrawn' : 'granted' },
});
const sales = (n: number) =>
  [0, 1, 2].map((week) =>
    aReceipt({
      ids: { member: `M-${n}` },
      at: `2026-0${1 + week}-1${n % 9}T12:00:00+01:00`,
      amount: 1_000 + n,
      data: { receipt: `${n}-${week}` },
    }),
  );

beforeAll(async () => {
  host = await startHost();
  const everybody = Array.from({ length: CUSTOMERS }, (_, n) => n);
  const events = everybody.flatMap((n) => [enrolment(n), ...(n % 3 === 1 ? [] : [consent(n)]), ...sales(n)]);
  for (const batch of [events.slice(0, 150), events.slice(150)])
    expect((await host.send(batch)).status).toBe(202);
  await host.eventually(
    () => host.status(),
    ({ facts }) => countOf(facts) === events.length,
  );
  await host.night(LAST_DAY);
});
afterAll(() => host.stop());

describe('the night', () => {
  it('is told with its counts, and why a model declined', async () => {
    const { body } = await host.ask<{ current: string }>('GET', '/v1/runs');
    const run = await host.ask<{
      status: string;
      report: Record<string, unknown> & { models: { declined: { model: string }[] } };
    }>('GET', `/v1/runs/${LAST_DAY}`);

    expect(body.current).toBe(LAST_DAY);
    expect(run.body).toMatchObject({
      status: 'done',
      report: { customers: CUSTOMERS, scored: CUSTOMERS, buyers: CUSTOMERS },
    });
    expect(run.body.report.models.declined.map(({ model }) => model)).toContain('churn');
  });

  it('gives each customer a score that the clerk sees', async () => {
    const { body } = await host.ask<{ score: { rfm: { cell: string } } }>('POST', '/v1/customers/look-up', {
      email: 'C7@example.com',
    });

    expect(body.score).toMatchObject({
      asOf: LAST_DAY,
      lifecycle: expect.any(String),
      rfm: { cell: expect.any(String) },
    });
  });

  it('moves nothing when it is run again', async () => {
    const { report } = await host.night(LAST_DAY);

    expect(report.moved).toBe(0);
  });
});

describe('a marketer', () => {
  const rule = { and: [{ trait: 'orders', atLeast: 3 }, { not: { trait: 'language', is: 'de' } }] };

  it('learns how many a rule reaches before anything is sent', async () => {
    const { body } = await host.ask('POST', '/v1/segments/estimate', { rule });

    expect(body).toMatchObject({ estimate: CUSTOMERS, exact: true, population: CUSTOMERS });
  });

  it('is told which word of a rule is wrong', async () => {
    const { status, body } = await host.ask('PUT', '/v1/segments/regulars', {
      name: 'Regulars',
      rule: { and: [{ trait: 'oders', atLeast: 3 }] },
    });

    expect({ status, ...body }).toMatchObject({
      status: 422,
      code: 'invalid-rule',
      path: expect.stringContaining('and.0'),
    });
    expect(body['detail']).toMatch(/orders/);
  });

  it('speaks to those who may be spoken to, and the report adds up', async () => {
    await host.ask('PUT', '/v1/segments/regulars', { name: 'Regulars', rule });
    const template = { subject: 'Hello', body: '<p>Dear {{ name | default: "you" }}</p>{{ unsubscribe }}' };
    const written = await host.ask('PUT', '/v1/campaigns/hello', {
      name: 'Hello',
      channel: 'email',
      segment: 'regulars',
      template,
      holdout: 0.2,
    });
    expect(written.status).toBe(200);
    expect((await host.ask('POST', '/v1/campaigns/hello/run')).status).toBe(202);

    const { body: report } = await host.eventually(
      () =>
        host.ask<Record<string, number> & { refused: Record<string, number> }>(
          'GET',
          '/v1/campaigns/hello/report',
        ),
      ({ body }) => (body as unknown as { status: string }).status === 'done',
    );

    const nobodyAnswered = Array.from({ length: CUSTOMERS }, (_, n) => n);
    expect(report.refused).toEqual({
      'no-address': nobodyAnswered.filter((n) => n % 10 === 0).length,
      'consent-withdrawn': nobodyAnswered.filter((n) => n % 6 === 0 && n % 10 !== 0 && n % 3 !== 1).length,
      'no-consent': nobodyAnswered.filter((n) => n % 3 === 1 && n % 10 !== 0).length,
    });
    const refused = Object.values(report.refused).reduce((sum, count) => sum + count, 0);
    expect(report['audience']).toBe(CUSTOMERS);
    expect((report['sent'] ?? 0) + (report['heldOut'] ?? 0) + refused).toBe(CUSTOMERS);
  });

  it('sees the messages as they were written', async () => {
    const messages = await host.sent('hello');

    const { body: report } = await host.ask<{ sent: number }>('GET', '/v1/campaigns/hello/report');
    expect(messages).toHaveLength(report.sent);
    for (const message of messages) {
      const [, n] = /^c(\d+)@example\.com$/.exec(message.to) ?? [];
      expect(message.body).toContain(`Dear Customer ${n}<`);
    }
  });

  it('reaches nobody twice by running it again, and cannot change it any more', async () => {
    const before = await host.ask('GET', '/v1/campaigns/hello/report');
    await host.ask('POST', '/v1/campaigns/hello/run');

    const after = await host.eventually(
      () => host.ask('GET', '/v1/campaigns/hello/report'),
      ({ body }) => body['status'] === 'done',
    );

    expect(after.body).toEqual(before.body);
    const changed = await host.ask('PUT', '/v1/campaigns/hello', {
      name: 'Other',
      channel: 'sms',
      rule: { everyone: true },
      template: { body: 'x' },
    });
    expect({ status: changed.status, code: changed.body['code'] }).toEqual({ status: 409, code: 'conflict' });
  });

  it('does not reach anybody a third time within the week', async () => {
    const outcomes: Record<string, unknown>[] = [];
    for (const id of ['second', 'third']) {
      await host.ask('PUT', `/v1/campaigns/${id}`, {
        name: id,
        channel: 'email',
        segment: 'regulars',
        template: { subject: 'x', body: 'y {{ unsubscribe }}' },
        holdout: 0,
      });
      await host.ask('POST', `/v1/campaigns/${id}/run`);
      outcomes.push(
        (
          await host.eventually(
            () => host.ask('GET', `/v1/campaigns/${id}/report`),
            ({ body }) => body['status'] === 'done',
          )
        ).body,
      );
    }

    const { body: first } = await host.ask<{ sent: number }>('GET', '/v1/campaigns/hello/report');
    expect(outcomes[1]).toMatchObject({ refused: { 'frequency-cap': first.sent } });
  });
});
