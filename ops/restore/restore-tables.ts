import { setTimeout as pause } from 'node:timers/promises';
import {
  DeleteTableCommand,
  DescribeContinuousBackupsCommand,
  type DynamoDBClient,
  RestoreTableToPointInTimeCommand,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import type { RestoredCopy } from '../site.ts';

interface Needs {
  readonly dynamo: DynamoDBClient;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly say: (text: string) => void;
  readonly pollMillis?: number;
}

/** A restore takes from twenty minutes to hours, by size. */
const LONGEST_SECONDS = 12 * 3_600;

/** Restores all tables to one and the same second, under names of their own; the live tables are only read. */
export async function restoreTables(needs: Needs): Promise<Omit<RestoredCopy, 'beside'>> {
  const { dynamo, tables, say, pollMillis = 5_000 } = needs;
  const second = new Date(1_000 * Math.ceil(Date.now() / 1_000));
  const stamp = second.toISOString().replaceAll(/[-:]|\.\d+Z/g, '');
  const places = mapped(tables, (name) => `${name}-drill-${stamp}`);
  say(`Waiting until the backup has caught up with ${second.toISOString()}; AWS takes about five minutes.`);
  for (const name of Object.values(tables)) await caughtUp(dynamo, name, second, pollMillis);
  say(`Restoring ${Object.values(places).join(', ')}.`);
  const begun: string[] = [];
  const remove = async () => {
    for (const TableName of begun.splice(0)) {
      // A table that is not ready yet cannot be deleted.
      await ready(dynamo, TableName);
      await dynamo.send(new DeleteTableCommand({ TableName }));
    }
  };
  try {
    for (const [name, SourceTableName] of Object.entries(tables) as [TableName, string][]) {
      const TargetTableName = places[name];
      await dynamo.send(
        new RestoreTableToPointInTimeCommand({ SourceTableName, TargetTableName, RestoreDateTime: second }),
      );
      begun.push(TargetTableName);
    }
    await Promise.all(begun.map((name) => ready(dynamo, name)));
  } catch (error) {
    await remove();
    throw error;
  }
  return {
    table: dynamoTable(dynamo, places),
    places,
    asOf: second.toISOString(),
    close: async ({ keep }) => {
      if (!keep) await remove();
    },
  };
}

const mapped = (
  tables: Readonly<Record<TableName, string>>,
  to: (name: string) => string,
): Record<TableName, string> =>
  Object.fromEntries(Object.entries(tables).map(([name, physical]) => [name, to(physical)])) as Record<
    TableName,
    string
  >;

/** Waits until the table could be restored to that second. */
async function caughtUp(
  dynamo: DynamoDBClient,
  TableName: string,
  second: Date,
  pollMillis: number,
): Promise<void> {
  for (;;) {
    const { ContinuousBackupsDescription } = await dynamo.send(
      new DescribeContinuousBackupsCommand({ TableName }),
    );
    const { PointInTimeRecoveryStatus, LatestRestorableDateTime } =
      ContinuousBackupsDescription?.PointInTimeRecoveryDescription ?? {};
    if (PointInTimeRecoveryStatus !== 'ENABLED') {
      throw new InvalidInput(
        'no-point-in-time-recovery',
        'stage',
        `The table ${TableName} has no point-in-time recovery, so nothing of it could be restored; deploy the stage, which switches it on`,
      );
    }
    if (LatestRestorableDateTime !== undefined && LatestRestorableDateTime >= second) return;
    await pause(pollMillis);
  }
}

const ready = async (client: DynamoDBClient, TableName: string): Promise<void> => {
  await waitUntilTableExists(
    { client, maxWaitTime: LONGEST_SECONDS, minDelay: 2, maxDelay: 60 },
    { TableName },
  );
};
