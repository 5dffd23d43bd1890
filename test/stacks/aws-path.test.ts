import '../support/silent-log.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type FunctionName, functionNeeds } from '../../lib/function-needs.ts';
import { admitKey } from '../../shared/application/http/manage-keys.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';
import { campaignScenes } from './aws/campaign-scenes.ts';
import { type Driver, driver, TILL_KEY } from './aws/driver.ts';
import { feedScenes } from './aws/feed-scenes.ts';
import { identityScenes } from './aws/identity-scenes.ts';
import { awsInProcess, type InProcess } from './aws/in-process.ts';
import { intakeScenes } from './aws/intake-scenes.ts';
import { keysNamedBy } from './aws/named-keys.ts';
import { nightScenes } from './aws/night-scenes.ts';
import { quarantineScenes } from './aws/quarantine-scenes.ts';
import { daysAgo } from './aws/shop.ts';
import { shopScenes } from './aws/shop-scenes.ts';
import { webhookScenes } from './aws/webhook-scenes.ts';
import { synthesise } from './synthesised.ts';

/** Told whenever somebody asks for the key of an item. */
const onKey = vi.hoisted(() => ({ of: (_kind: string): void => undefined }));

vi.mock('../../shared/contracts/keys.ts', async (original) => {
  const module = await original<typeof import('../../shared/contracts/keys.ts')>();
  const watched = Object.entries(module.keys).map(([kind, make]) => [
    kind,
    (...parts: never[]) => {
      onKey.of(kind);
      return (make as (...parts: never[]) => unknown)(...parts);
    },
  ]);
  return { ...module, keys: Object.fromEntries(watched) };
});

/** In two variables, because vite finds the files of an import whose variables are names without a slash. */
const load = (name: FunctionName): Promise<{ readonly handler: unknown }> => {
  vi.resetModules();
  const [capability, part] = name.split('/');
  return import(`../../functions/${capability}/${part}/handler.ts`);
};

const names = Object.keys(functionNeeds) as FunctionName[];
const java = hasJava();

describe('the machine that runs these tests', () => {
  it.runIf(process.env['CI'])('has Java 17, without which no right would be tried out', () => {
    expect(java).toBe(true);
  });
});

describe.skipIf(!java).each(synthesise().map((stage) => [stage.name, stage] as const))(
  'the stage %s, with no more rights than its templates give',
  (_name, stage) => {
    let local: DynamoLocal;
    let aws: InProcess;
    let at: Driver;
    const tried = new Map<string, Set<string>>(names.map((name) => [name, new Set()]));

    beforeAll(async () => {
      local = await startDynamoLocal();
      aws = await awsInProcess(stage, { local, load });
      at = driver(stage, aws);
      onKey.of = (kind) => tried.get(aws.running() ?? '')?.add(kind);
      const { store: table, keyring } = aws;
      await admitKey({ table, keyring, clock: () => daysAgo(0) })(TILL_KEY, { kind: 'source', name: 'till' });
    }, 120_000);
    afterAll(async () => {
      aws.close();
      await local.stop();
    });

    intakeScenes(() => at);
    quarantineScenes(() => at);
    nightScenes(() => at);
    campaignScenes(() => at);
    webhookScenes(() => at);
    identityScenes(() => at);
    shopScenes(() => at);
    feedScenes(() => at);

    it.each(names)('gives %s the rights that its code uses, and no others', (name) => {
      const { missing, surplus } = aws.ledgerOf(name);

      expect({ missing: missing(), surplus: surplus() }).toEqual({ missing: [], surplus: [] });
    });

    it.each(names)('has tried out %s: no kind of item that its code names was left out', (name) => {
      expect(keysNamedBy(name).filter((kind) => !tried.get(name)?.has(kind))).toEqual([]);
    });
  },
);
