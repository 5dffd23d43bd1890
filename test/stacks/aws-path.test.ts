import '../support/silent-log.ts';
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { FunctionName } from '../../lib/function-needs.ts';
import { stages } from '../../lib/stages.ts';
import { keyring as realKeyring } from '../../shared/adapters/crypto/keyring.ts';
import { grantAccess } from '../../shared/application/http/access.ts';
import { night } from '../../shared/contracts/night.ts';
import { type RouteName, routes } from '../../shared/contracts/routes.ts';
import { awsInProcess } from './aws-in-process.ts';
import { synthesise } from './synthesised.ts';

const aws = vi.hoisted(() => ({ services: undefined as unknown }));
const services = (): ReturnType<typeof awsInProcess> => aws.services as ReturnType<typeof awsInProcess>;
const master = new Uint8Array(32).fill(7);

vi.mock('../../shared/adapters/aws/dynamo-table.ts', () => ({
  dynamoTable: (_client: unknown, names: Parameters<ReturnType<typeof awsInProcess>['table']>[0]) =>
    services().table(names),
}));
vi.mock('../../shared/adapters/aws/s3-blob.ts', () => ({
  s3Blob: (_client: unknown, bucket: string) => services().blob(bucket),
}));
vi.mock('../../shared/adapters/aws/event-bridge-bus.ts', () => ({ eventBridgeBus: () => services().bus }));
vi.mock('../../shared/adapters/aws/ses-sender.ts', () => ({
  sesSender: () => services().sender('ses:SendEmail'),
}));
vi.mock('../../shared/adapters/aws/sms-sender.ts', () => ({
  smsSender: () => services().sender('sms-voice:SendTextMessage'),
}));
vi.mock('../../shared/adapters/aws/master-secret.ts', () => ({
  masterSecret: async () => master,
}));

/** In two variables, because vite finds the files of an import whose variables are names without a slash. */
const load = (name: FunctionName): Promise<{ handler: unknown }> => {
  const [capability, part] = name.split('/');
  return import(`../../functions/${capability}/${part}/handler.ts`);
};

interface Call {
  readonly params?: Record<string, string>;
  readonly body?: unknown;
  readonly key?: string;
}

/** Calls a route as the HTTP API does: people's tokens are checked before the function sees them. */
async function call(name: RouteName, { params, body, key }: Call = {}) {
  const { method, path, function: fn } = routes[name];
  const claims = { sub: 'ada', 'cognito:groups': '[marketer ops clerk]' };
  const answer = await services().invoke<APIGatewayProxyStructuredResultV2>(fn, {
    routeKey: `${method} ${path}`,
    headers: key === undefined ? {} : { authorization: `Bearer ${key}` },
    pathParameters: params,
    body: JSON.stringify(body),
    isBase64Encoded: false,
    requestContext: key === undefined ? { authorizer: { jwt: { claims } } } : {},
  });
  return { status: answer.statusCode, body: JSON.parse(answer.body ?? 'null') };
}

const DAY = 86_400_000;
const yesterday = new Date(Date.now() - DAY).toISOString().slice(0, 10);
const daysAgo = (days: number): string => new Date(Date.now() - days * DAY).toISOString();

const enrolled = (member: string) => [
  {
    id: `enrol-${member}`,
    type: 'member.enrolled',
    occurredAt: daysAgo(300),
    ids: { member, email: `${member}@example.com` },
    data: { name: `Member ${member}`, language: 'nl' },
  },
  {
    id: `consent-${member}`,
    type: 'consent.changed',
    occurredAt: daysAgo(300),
    ids: { member },
    data: { channel: 'email', status: member === 'm-0' ? 'withdrawn' : 'granted' },
  },
];

const sale = (member: string, receipt: number, days: number) => ({
  type: 'sale.recorded',
  occurredAt: daysAgo(days),
  ids: { member },
  data: {
    store: 'ams-01',
    receipt: `r-${member}-${receipt}`,
    lines: [{ sku: 'TEA', quantity: 2, unitPrice: 500, category: 'tea' }],
  },
});

const members = Array.from({ length: 20 }, (_, index) => `m-${index}`);
const history = members.flatMap((member, index) => [
  ...enrolled(member),
  ...Array.from({ length: 1 + (index % 4) }, (_, receipt) => sale(member, receipt, 5 + receipt * 40 + index)),
]);

beforeAll(async () => {
  const [europe] = synthesise(stages.filter(({ name }) => name === 'europe'));
  if (europe === undefined) throw new Error('There is no stage');
  aws.services = awsInProcess(europe, load);
  const { store } = services();
  await grantAccess({ table: store, keyring: realKeyring({ master, table: store }) })('till-key', {
    kind: 'source',
    name: 'till',
  });
}, 120_000);
afterAll(() => services().close());

describe('a stage on AWS, with no more rights than its templates give', () => {
  it('says that it is up, and what it can do', async () => {
    expect(await call('health')).toEqual({ status: 200, body: { status: 'ok' } });
    expect((await call('describe')).body).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });

  it('lets nobody send events without a key', async () => {
    expect(await call('acceptEvents', { body: history, key: 'made-up' })).toMatchObject({ status: 401 });
  });

  it('takes events, keeps what it refuses, folds and archives the rest', async () => {
    const wrong = { type: 'sale.recorded', occurredAt: daysAgo(1), data: {} };

    const { status, body } = await call('acceptEvents', { body: [...history, wrong], key: 'till-key' });
    await services().settle();

    expect(status).toBe(202);
    expect(body.results.map((result: { status: string }) => result.status)).toEqual([
      ...history.map(() => 'accepted'),
      'rejected',
    ]);
  });

  it('knows them when they are sent again', async () => {
    const { body } = await call('acceptEvents', { body: history.slice(0, 3), key: 'till-key' });

    expect(body.results.map((result: { status: string }) => result.status)).toEqual([
      'duplicate',
      'duplicate',
      'duplicate',
    ]);
  });

  it('sets aside a second telling that contradicts the first', async () => {
    const [first] = history;

    const { body } = await call('acceptEvents', {
      body: { ...first, data: { name: 'Somebody else' } },
      key: 'till-key',
    });

    expect(body.code).toBe('no-valid-event');
    expect(body.results[0].code).toBe('conflict');
  });

  it('finds a customer by the member number, with the purchases and a masked name', async () => {
    const { status, body } = await call('lookUpCustomer', { body: { member: 'm-7' } });
    const timeline = await call('getTimeline', { params: { id: body.id } });

    expect(status).toBe(200);
    expect(body.purchases).toMatchObject({ orders: 4, net: 4_000 });
    expect(body.contact.name).not.toBe('Member m-7');
    expect(timeline.body.events).toHaveLength(6);
    expect((await call('getCustomer', { params: { id: body.id } })).body).toEqual(body);
  });

  it('passes the night, step by step as the state machine does', async () => {
    let run: unknown = { asOf: yesterday };
    for (const { step, kind } of night) {
      if (kind === 'map') {
        const { shards } = run as { shards: number };
        for (let shard = 0; shard < shards; shard += 1)
          await services().invoke(`night/${step}`, { run, shard });
      } else {
        const answer = await services().invoke(`night/${step}`, run);
        if (step === 'open') run = answer;
      }
    }

    const { body } = await call('getRun', { params: { asOf: yesterday } });
    expect(body).toMatchObject({ asOf: yesterday, status: 'done', report: { customers: 20 } });
    expect((await call('listRuns')).body.current).toBe(yesterday);
    const scored = await call('lookUpCustomer', { body: { member: 'm-7' } });
    expect(scored.body.score.rfm.frequency).toBeGreaterThan(1);
  });

  it('estimates and keeps a segment', async () => {
    const rule = { trait: 'orders', atLeast: 2 };

    const estimate = await call('estimateSegment', { body: { rule } });
    const kept = await call('putSegment', { params: { id: 'repeaters' }, body: { name: 'Repeaters', rule } });

    expect(estimate.body).toMatchObject({ estimate: 15, exact: true, population: 20 });
    expect(kept.status).toBe(200);
    expect((await call('listSegments')).body.segments).toHaveLength(1);
    expect((await call('getSegment', { params: { id: 'repeaters' } })).body).toEqual(kept.body);
  });

  it('runs a campaign through the outbox, and its report adds up', async () => {
    const campaign = {
      name: 'Spring',
      channel: 'email',
      rule: { trait: 'orders', atLeast: 1 },
      template: { subject: 'Tea', body: 'Hello {{ name | default: "you" }}. {{ unsubscribe }}' },
      holdout: 0.2,
    };
    expect(await call('putCampaign', { params: { id: 'spring' }, body: campaign })).toMatchObject({
      status: 200,
    });

    expect(await call('runCampaign', { params: { id: 'spring' } })).toMatchObject({ status: 202 });
    await services().settle();

    const { body } = await call('reportCampaign', { params: { id: 'spring' } });
    expect(body).toMatchObject({ status: 'done', audience: 20, refused: { 'consent-withdrawn': 1 } });
    expect(body.sent + body.heldOut).toBe(19);
    expect(services().sent).toHaveLength(body.sent);
    expect(await call('readOutbox', { params: { id: 'spring' } })).toMatchObject({ body: { messages: [] } });
    expect((await call('listCampaigns')).body.campaigns).toHaveLength(1);
    expect((await call('getCampaign', { params: { id: 'spring' } })).body.status).toBe('done');
  });

  it('marks a night that ended badly', async () => {
    const detail = { status: 'TIMED_OUT', input: JSON.stringify({ asOf: '2026-01-05' }) };

    await services().invoke('night/fail', {
      'detail-type': 'Step Functions Execution Status Change',
      detail,
    });

    expect((await call('getRun', { params: { asOf: '2026-01-05' } })).body).toMatchObject({
      status: 'failed',
      reason: 'TIMED_OUT',
    });
  });
});

describe('a right that was forgotten', () => {
  it('is noticed', async () => {
    expect(() => services().demand('dynamodb:GetItem', 'Customers')).toThrow(/^AccessDenied/);
  });
});
