import { gunzipSync } from 'node:zlib';
import {
  GetFunctionConfigurationCommand,
  InvokeCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type OpenStage, openStage } from '../../ops/open-stage.ts';
import { everyItem } from '../../shared/application/customers/every-item.ts';
import { settings } from '../../shared/contracts/settings.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { aReceipt } from '../builders/a-receipt.ts';
import { E2E_STAGE } from '../support/e2e-target.ts';
import { type Host, startHost } from '../support/host.ts';
import { nightsSince, shardsOf } from '../support/night-of-stage.ts';

/** What only a stage on AWS has: the parts that the journeys pass without seeing them. */
let host: Host;
let stage: OpenStage;
let since: number;
const RECEIPTS = 300;
const MEMBERS = 40;

beforeAll(async () => {
  host = await startHost();
  stage = await openStage(E2E_STAGE);
  since = Date.now();
  const receipts = Array.from({ length: RECEIPTS }, (_, n) =>
    aReceipt({ ids: { member: `M-${n % MEMBERS}` } }),
  );
  for (const batch of groupsOf(receipts, 100)) expect((await host.send(batch)).status).toBe(202);
  await host.eventually(
    () => host.status(),
    ({ facts }) => facts['sale.recorded'] === RECEIPTS,
  );
});
afterAll(() => host.stop());

/** The archived events of one file. */
async function archived(Key: string): Promise<{ id: string; receivedAt: string }[]> {
  const { Body } = await stage.clients.s3.send(new GetObjectCommand({ Bucket: stage.deployed.bucket, Key }));
  const bytes = Buffer.from((await Body?.transformToByteArray()) ?? []);
  return gunzipSync(bytes)
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe('the archive', () => {
  it('holds every accepted event, compressed, under the day it was received', async () => {
    const files = await host.eventually(
      async () => {
        const names = await stage.blob.list('archive/');
        return Promise.all(names.map(async (name) => ({ name, events: await archived(name) })));
      },
      (all) => new Set(all.flatMap(({ events }) => events.map(({ id }) => id))).size >= RECEIPTS,
    );

    for (const { name, events } of files) {
      const [, day] = /^archive\/(\d{4}-\d\d-\d\d)\/[0-9a-f]{32}\.ndjson\.gz$/.exec(name) ?? [];
      expect(new Set(events.map(({ receivedAt }) => receivedAt.slice(0, 10)))).toEqual(new Set([day]));
    }
    const ids = files.flatMap(({ events }) => events.map(({ id }) => id));
    expect(new Set(ids).size).toBe(RECEIPTS);
    // A request's events travel together, and several messages share a file.
    expect(files.length).toBeLessThan(RECEIPTS / 10);
  });
});

describe('the night', () => {
  it('goes through every shard as an execution of its own, twice, and none fails', async () => {
    await host.night('2026-03-31');

    const [night] = await nightsSince(stage, since);
    const maps = await shardsOf(stage.clients.sfn, night?.arn ?? '');

    expect(night?.status).toBe('SUCCEEDED');
    const all = Array.from({ length: stage.stage.shards }, () => 'SUCCEEDED');
    expect(maps.map((shards) => shards.map(({ status }) => status))).toEqual([all, all]);
  });
});

describe('a campaign', () => {
  it('goes from its commit by the outbox, its stream, the relay and the bus to every shard', async () => {
    await host.ask('PUT', '/v1/campaigns/hello', {
      name: 'Hello',
      channel: 'email',
      rule: { everyone: true },
      template: { subject: 'x', body: 'y {{ unsubscribe }}' },
    });
    const { status } = await host.ask('POST', '/v1/campaigns/hello/run');
    expect(status).toBe(202);

    const { body: report } = await host.eventually(
      () => host.ask<Record<string, unknown>>('GET', '/v1/campaigns/hello/report'),
      ({ body }) => body['status'] === 'done',
    );

    const carried: unknown[] = [];
    for await (const { value } of everyItem(stage.table, 'outbox')) carried.push(value['detail']);
    expect(carried).toHaveLength(stage.stage.shards);
    expect(report).toMatchObject({ audience: MEMBERS, refused: { 'no-address': MEMBERS } });
    const carriers = ['outbox/relay-messages', 'campaigns/address-shard'];
    // What a function wrote is to be read a moment after it has answered.
    await host.eventually(
      () => host.logs(),
      (lines) =>
        carriers.every((name) => lines.some((line) => line.startsWith(`/clientele/${E2E_STAGE}/${name} `))),
    );
  });
});

describe('a function', () => {
  const FunctionName = `clientele-${E2E_STAGE}-night-open`;
  const client = new LambdaClient();

  const setEnvironment = async (Variables: Record<string, string>) => {
    await client.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));
    const patience = { minDelay: 0.1, maxDelay: 2, maxWaitTime: 120 };
    await waitUntilFunctionUpdatedV2({ client, ...patience }, { FunctionName });
  };
  const open = async () => {
    const Payload = JSON.stringify({ asOf: '2026-03-31' });
    return (await client.send(new InvokeCommand({ FunctionName, Payload }))).FunctionError;
  };

  it('is refused what its role does not name', async () => {
    const { Environment } = await client.send(new GetFunctionConfigurationCommand({ FunctionName }));
    const own = Environment?.Variables ?? {};
    expect(await open()).toBeUndefined();

    await setEnvironment({ ...own, [settings.controlTable]: stage.deployed.tables.vault });
    try {
      expect(await open()).toBe('Unhandled');
      await host.eventually(
        () => host.logs(),
        (lines) =>
          lines.some(
            (line) => line.startsWith(`/clientele/${E2E_STAGE}/night/open `) && /AccessDenied/.test(line),
          ),
      );
    } finally {
      await setEnvironment(own);
    }
  });
});
