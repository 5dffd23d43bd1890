import {
  DescribeContinuousBackupsCommand,
  ListTablesCommand,
  UpdateContinuousBackupsCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import type { DrillReport } from '../../ops/restore/drill.ts';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { everyItem } from '../../shared/application/customers/every-item.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { aWeek, receiptsOf } from './support/a-week.ts';
import { operator } from './support/operator.ts';
import { drilledQueue } from './support/queues.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

interface Happening {
  readonly meanwhile?: () => Promise<void>;
  readonly inCopy?: (copy: string) => Promise<void>;
}
const nothing = async () => undefined;

drill('a stage that is restored from its backup', () => {
  let stage: DrillStage;
  let watch: FaultProxy;

  beforeAll(async () => {
    stage = await openDrillStage();
    watch = await startFaultProxy(stage.endpoint);
    await switchOnBackups(stage);
  });
  afterEach(() => watch.clear());
  afterAll(() => watch?.close());

  const fold = async (events: readonly object[]): Promise<void> => {
    expect((await stage.send(events)).status).toBe(202);
    // Both write into the tables that are compared.
    for (const consumer of ['customers/fold-events', 'ingest/watch-feeds'] as const)
      await drilledQueue(stage, consumer).drained();
  };
  /** Runs the drill. `meanwhile` happens before anything is restored, `inCopy` before the copy is read. */
  const rehearse = async ({ meanwhile = nothing, inCopy = nothing }: Happening = {}) => {
    const restoring = once(() => meanwhile());
    const reading = once((copy: string) => inCopy(copy));
    watch.plant({
      on: 'RestoreTableToPointInTime',
      fault: async (_call, pass) => restoring().then(() => pass()),
    });
    watch.plant({
      on: 'Scan',
      where: ({ body }) => isCopy(tableOf(body)),
      fault: async ({ body }, pass) => reading(copyOf(tableOf(body))).then(() => pass()),
    });
    const said = await operator<DrillReport>(stage, ['drill', 'restore'], {
      AWS_ENDPOINT_URL_DYNAMODB: watch.url,
    });
    expect(watch.count('RestoreTableToPointInTime')).toBe(Object.keys(stage.deployed.tables).length);
    expect(await copiesIn(stage)).toEqual([]);
    return { code: said.code, ...said.answer };
  };
  const loseAFact = async (copy: string): Promise<void> => {
    const tables = { ...stage.deployed.tables, facts: `${stage.deployed.tables.facts}${copy}` };
    const table = dynamoTable(stage.clients.dynamo, tables);
    for await (const item of everyItem(table, 'facts')) {
      if (!item.sk.startsWith('fact#')) continue;
      await table.commit([{ remove: item }]);
      return;
    }
    throw new Error('There is no fact to lose');
  };

  it('is equal to the cent, and the copy is gone afterwards', async () => {
    const random = chance('equal');
    const shop = `restore-${random.whole(0, 1e9)}`;
    await fold(aWeek(shop, 10, random));

    const { code, verdict, live, copy } = await rehearse();

    expect({ code, verdict }).toEqual({ code: 0, verdict: 'equal' });
    expect(copy).toEqual(live);
    expect(copy.status.stores[shop]).toBeDefined();
  });

  it('is told apart when the copy lacks one fact', async () => {
    const report = await rehearse({ inCopy: loseAFact });

    expect(report).toMatchObject({ code: 1, verdict: 'different', differences: ['items.facts'] });
    expect(report.live.items.facts - report.copy.items.facts).toBe(1);
  });

  it('is sound where the shop went on selling all the time', async () => {
    const random = chance('selling');
    const sell = async () => fold(receiptsOf(`restore-${random.whole(0, 1e9)}`, 3, random));
    const report = await rehearse({ meanwhile: sell, inCopy: sell });

    expect(report).toMatchObject({ code: 0, verdict: 'sound', audit: { findings: {} } });
    expect(report.differences).toContain('status.stateHash');
  });
});

const MARK = '-drill-';
const tableOf = (body: string): string => String((JSON.parse(body) as { TableName?: string }).TableName);
const isCopy = (table: string): boolean => table.includes(MARK);
/** What the names of one copy's tables end with. */
const copyOf = (table: string): string => table.slice(table.indexOf(MARK));

/** Does it at the first call; later ones wait for that. */
function once<A extends readonly unknown[]>(work: (...args: A) => Promise<void>): typeof work {
  let begun: Promise<void> | undefined;
  return (...args) => {
    begun ??= work(...args);
    return begun;
  };
}

/** The template switches point-in-time recovery on, and a test holds it to that; the emulator overlooks it. */
async function switchOnBackups({ clients: { dynamo }, deployed }: DrillStage): Promise<void> {
  for (const TableName of Object.values(deployed.tables)) {
    const { ContinuousBackupsDescription } = await dynamo.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const { PointInTimeRecoveryDescription: told } = ContinuousBackupsDescription ?? {};
    if (told?.PointInTimeRecoveryStatus === 'ENABLED') continue;
    await dynamo.send(
      new UpdateContinuousBackupsCommand({
        TableName,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    );
  }
}

async function copiesIn({ clients }: DrillStage): Promise<string[]> {
  const { TableNames = [] } = await clients.dynamo.send(new ListTablesCommand({}));
  return TableNames.filter(isCopy);
}
