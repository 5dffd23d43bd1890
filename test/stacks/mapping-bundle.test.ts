import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bundleOptions } from '../../lib/bundling.ts';
import { tableNames } from '../../shared/contracts/key.ts';
import { settings, tableSetting } from '../../shared/contracts/settings.ts';
import { marketOrder, marketSource } from '../builders/a-webhook.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';
import { context } from '../support/lambda-context.ts';
import { awsFront, type Front } from './aws/front.ts';

const NAME = 'ingest/manage-sources';
const LOOP = '($f := function($n) { $f($n + 1) }; $f(1))';
const REGEX = `$match("${'a'.repeat(60)}!", /^(a+)+$/)`;

type Handler = (event: unknown, context: unknown) => Promise<{ statusCode: number; body: string }>;

/** The file that is deployed, not the sources: in it nothing lies where the sources say. */
describe.skipIf(!hasJava())('the bundle of a function that runs mappings', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clientele-bundle-'));
  let local: DynamoLocal;
  let front: Front;
  let handler: Handler;

  const call = async (routeKey: string, body?: unknown) => {
    const answer = await handler(
      {
        routeKey,
        headers: {},
        pathParameters: { id: 'market' },
        body: JSON.stringify(body),
        isBase64Encoded: false,
        requestContext: { authorizer: { jwt: { claims: { sub: 'ada', roles: 'ops' } } } },
      },
      context,
    );
    return { status: answer.statusCode, body: JSON.parse(answer.body) };
  };
  const preview = (mapping: string) => call('POST /v1/sources/{id}/preview', { body: marketOrder, mapping });

  beforeAll(async () => {
    local = await startDynamoLocal();
    front = await awsFront({ dynamo: new URL(String(local.config.endpoint)), mayCall: () => true });
    const tables = await local.createTables();
    for (const name of tableNames) vi.stubEnv(settings[tableSetting(name)], tables[name]);
    vi.stubEnv(settings.stage, JSON.stringify({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' }));
    vi.stubEnv(settings.rolesClaim, 'roles');
    vi.stubEnv(settings.masterSecret, 'master');
    vi.stubEnv('AWS_ENDPOINT_URL', front.url);
    vi.stubEnv('AWS_REGION', 'eu-west-1');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'local');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'local');
    await build(bundleOptions(NAME, folder));
    handler = createRequire(import.meta.url)(join(folder, 'index.js')).handler;
  }, 60_000);
  afterAll(async () => {
    vi.unstubAllEnvs();
    front.close();
    await local.stop();
    rmSync(folder, { recursive: true });
  });

  it('finds the thread beside itself, and maps', async () => {
    expect(await call('PUT /v1/sources/{id}', marketSource)).toMatchObject({ status: 200 });
    expect(await preview(marketSource.mapping)).toMatchObject({
      status: 200,
      body: { events: [{ status: 'valid', event: { type: 'sale.recorded' } }] },
    });
  });

  it('says where a mapping cannot be read', async () => {
    expect(await call('PUT /v1/sources/{id}', { ...marketSource, mapping: '{ "a": ' })).toMatchObject({
      status: 422,
      body: { code: 'mapping-invalid', detail: expect.stringContaining('line 1, character 6') },
    });
  });

  it.each([LOOP, REGEX])('stops what runs for ever, and maps the next: %.20s', async (mapping) => {
    expect(await preview(mapping)).toMatchObject({ body: { refused: { code: 'mapping-too-long' } } });
    expect(await preview('nothing')).toMatchObject({ status: 200, body: { events: [] } });
  });
});
