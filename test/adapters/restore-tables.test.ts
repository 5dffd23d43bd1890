import {
  BatchWriteItemCommand,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ListTablesCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { drill } from '../../ops/restore/drill.ts';
import { restoreTables } from '../../ops/restore/restore-tables.ts';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { auditRecords } from '../../shared/application/customers/audit.ts';
import { foldEvents } from '../../shared/application/customers/fold-events.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { StageSettings } from '../../shared/contracts/stage.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import type { Table } from '../../shared/ports/table.ts';
import { aSale, profile } from '../builders/an-event.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';

const stage = StageSettings.parse({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' });

/** DynamoDB Local has no backups: these calls are answered here, all others by the engine itself. */
interface Backups {
  readonly client: DynamoDBClient;
  /** What stood in the way of restoring, by table; empty: nothing. */
  readonly off: Set<string>;
  readonly failOn: Set<string>;
  /** How often it is asked before the backup has caught up. */
  lag: number;
  readonly restoredTo: Date[];
}

function backupsOf({ config }: DynamoLocal): Backups {
  const client = new DynamoDBClient(config);
  const backups: Backups = { client, off: new Set(), failOn: new Set(), lag: 0, restoredTo: [] };
  client.middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const output = await answer(backups, commandName ?? '', args.input as unknown as Input);
        return output === undefined ? next(args) : { response: {}, output: { $metadata: {}, ...output } };
      },
    { step: 'initialize', priority: 'high' },
  );
  return backups;
}

interface Input {
  readonly TableName: string;
  readonly SourceTableName: string;
  readonly TargetTableName: string;
  readonly RestoreDateTime: Date;
}

async function answer(backups: Backups, command: string, input: Input): Promise<object | undefined> {
  if (command === 'DescribeContinuousBackupsCommand') {
    backups.lag -= 1;
    const LatestRestorableDateTime = new Date(backups.lag >= 0 ? 0 : Date.now() + 2_000);
    const PointInTimeRecoveryStatus = backups.off.has(input.TableName) ? 'DISABLED' : 'ENABLED';
    return {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus, LatestRestorableDateTime },
      },
    };
  }
  if (command !== 'RestoreTableToPointInTimeCommand') return undefined;
  if (backups.failOn.has(input.SourceTableName))
    throw Object.assign(new Error('too many'), { name: 'LimitExceededException' });
  backups.restoredTo.push(input.RestoreDateTime);
  await copy(backups.client, input.SourceTableName, input.TargetTableName);
  return {};
}

async function copy(client: DynamoDBClient, from: string, to: string): Promise<void> {
  const { Table: described } = await client.send(new DescribeTableCommand({ TableName: from }));
  await client.send(
    new CreateTableCommand({
      TableName: to,
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: described?.KeySchema ?? [],
      AttributeDefinitions: described?.AttributeDefinitions ?? [],
    }),
  );
  const { Items = [] } = await client.send(new ScanCommand({ TableName: from }));
  for (const group of groupsOf(Items, 25)) {
    const RequestItems = { [to]: group.map((Item) => ({ PutRequest: { Item } })) };
    await client.send(new BatchWriteItemCommand({ RequestItems }));
  }
}

describe.skipIf(!hasJava())('tables of DynamoDB', () => {
  let local: DynamoLocal;
  let backups: Backups;
  let tables: Record<TableName, string>;
  let table: Table;
  let fold: (events: readonly AcceptedEvent[]) => Promise<unknown>;

  beforeAll(async () => {
    local = await startDynamoLocal();
  }, 60_000);

  afterAll(() => local.stop());

  beforeEach(async () => {
    backups = backupsOf(local);
    tables = await local.createTables();
    table = dynamoTable(backups.client, tables);
    const ring = keyring({ master: new Uint8Array(32).fill(7), table });
    fold = foldEvents({ table, keyring: ring, clock: () => new Date().toISOString(), stage });
    await fold([aSale(1_000), aSale(250), aSale(70, { profile: profile('ben') })]);
  });

  const restore = () =>
    restoreTables({ dynamo: backups.client, tables, say: () => undefined, pollMillis: 1 });
  const tablesNow = async () => {
    const { TableNames = [] } = await backups.client.send(new ListTablesCommand({}));
    return TableNames.filter((name) => Object.values(tables).some((own) => name.startsWith(own)));
  };

  it('are restored to one second beside the live ones, compared, and removed', async () => {
    const report = await drill(
      {
        table,
        digest: sha256,
        stage,
        restore: async () => ({ ...(await restore()), beside: [] }),
      },
      { keep: false, say: () => undefined },
    );

    expect(report).toMatchObject({
      verdict: 'equal',
      copy: { items: { customers: 2, facts: 6 }, status: { amounts: { EUR: { net: 1_320 } } } },
    });
    expect(new Set(backups.restoredTo.map(Number)).size).toBe(1);
    expect(backups.restoredTo[0]?.toISOString()).toBe(report.asOf);
    expect(report.places.facts).toMatch(new RegExp(`^${tables.facts}-drill-\\d{8}T\\d{6}$`));
    expect(await tablesNow()).toHaveLength(5);
  });

  it('are kept when somebody wants to look at them', async () => {
    const restored = await restore();
    await restored.close({ keep: true });

    expect(await tablesNow()).toHaveLength(10);
    await restored.close({ keep: false });
    expect(await tablesNow()).toHaveLength(5);
  });

  it('are restored when the backup has caught up with the start, and not before', async () => {
    backups.lag = 7;
    const began = Date.now();

    const { asOf, close } = await restore();
    await close({ keep: false });

    expect(backups.lag).toBeLessThan(0);
    expect(Date.parse(asOf)).toBeGreaterThanOrEqual(began);
  });

  it('are not restored where one of them has no recovery: nothing is made, and the message names it', async () => {
    backups.off.add(tables.outbox);

    await expect(restore()).rejects.toMatchObject({
      code: 'no-point-in-time-recovery',
      message: expect.stringContaining(tables.outbox),
    });
    expect(await tablesNow()).toHaveLength(5);
  });

  it('leave nothing behind where AWS refuses one of them', async () => {
    backups.failOn.add(tables.control);

    await expect(restore()).rejects.toMatchObject({ name: 'LimitExceededException' });

    expect(backups.restoredTo.length).toBeGreaterThan(0);
    expect(await tablesNow()).toHaveLength(5);
  });

  it('hold together, and are found out when they do not', async () => {
    expect(await auditRecords({ table })).toMatchObject({ facts: 3, markers: 3, records: 2, findings: {} });
    await table.commit([{ remove: keys.aggregate(profile('ben')) }]);

    expect((await auditRecords({ table })).findings).toEqual({ 'record-missing': 1 });
  });
});
