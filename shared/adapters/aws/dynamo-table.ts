import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../../contracts/key.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import {
  checkIncrements,
  checkKey,
  checkKeysOf,
  checkQuery,
  checkScan,
  checkWrites,
  secondsOf,
} from '../table-rules.ts';
import { addTo } from './dynamo-add.ts';
import { commitTo, type Dynamo, writeEachTo } from './dynamo-commit.ts';
import { persistently } from './dynamo-failures.ts';
import { getManyFrom, queryFrom, scanFrom } from './dynamo-read.ts';
import { itemOf } from './dynamo-row.ts';
import { type Patience, patient } from './patience.ts';

/** The Table port on DynamoDB tables with string keys `pk` and `sk` and time-to-live on `expires`. */
export function dynamoTable(
  plainClient: DynamoDBClient,
  tableNames: Readonly<Record<TableName, string>>,
  clock: Clock = () => new Date().toISOString(),
  patience: Patience = patient,
): Table {
  const client = DynamoDBDocumentClient.from(plainClient);
  const dynamo: Dynamo = { client, tableNames, patience };
  const now = () => secondsOf(clock);
  return {
    async get({ table, pk, sk }) {
      const command = new GetCommand({ TableName: tableNames[table], Key: { pk, sk }, ConsistentRead: true });
      const { Item } = await persistently(patience, () => client.send(command));
      return Item && itemOf(table, Item, now());
    },
    getMany: (keys, reading) => getManyFrom(dynamo, keys, now(), reading),
    async query(query) {
      checkQuery(query);
      return queryFrom(dynamo, query, now());
    },
    async scan(scan) {
      checkScan(scan);
      return scanFrom(dynamo, scan, now());
    },
    async commit(writes) {
      checkWrites(writes);
      return commitTo(dynamo, writes, now());
    },
    async writeEach(writes) {
      checkKeysOf(writes);
      return writeEachTo(dynamo, writes, now());
    },
    async add(key, increments) {
      checkKey(key);
      checkIncrements(increments);
      return addTo(dynamo, key, increments, now());
    },
  };
}
