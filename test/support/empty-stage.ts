import { setTimeout as pause } from 'node:timers/promises';
import {
  LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from '@aws-sdk/client-lambda';
import { DeleteObjectsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { PurgeQueueCommand } from '@aws-sdk/client-sqs';
import { BatchWriteCommand, DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { functionNeeds } from '../../lib/function-needs.ts';
import type { OpenStage } from '../../ops/open-stage.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { E2E_STAGE } from './e2e-target.ts';

/** Makes a stage as new: no message, no record, no file, nothing remembered. Refused for any stage but the tests' own. */
export async function emptyStage(stage: OpenStage): Promise<void> {
  const { name, tables } = stage.deployed;
  if (name !== E2E_STAGE) throw new Error(`'${name}' is not to be emptied; only '${E2E_STAGE}' is`);
  await emptyQueues(stage);
  await Promise.all(Object.values(tables).map((table) => emptyTable(stage, table)));
  await emptyBucket(stage);
  await forgetEverything();
}

async function emptyQueues({ clients, deployed }: OpenStage): Promise<void> {
  const queues = [...Object.values(deployed.queues), ...Object.values(deployed.deadLetters)];
  await Promise.all(
    queues.map((QueueUrl) => clients.sqs.send(new PurgeQueueCommand({ QueueUrl })).catch(alreadyPurging)),
  );
  if (process.env['AWS_ENDPOINT_URL'] === undefined) await pause(PURGE_MILLIS);
}

/** AWS takes as long to empty a queue, and takes what comes meanwhile with it. */
const PURGE_MILLIS = 60_000;

/** AWS purges a queue once a minute; the purge that is under way takes what came since, too. */
function alreadyPurging(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'PurgeQueueInProgress') throw error;
}

const MOST_DELETED = 25;

async function emptyTable({ clients }: OpenStage, table: string): Promise<void> {
  const client = DynamoDBDocumentClient.from(clients.dynamo);
  const scan = { TableName: table, ProjectionExpression: 'pk, sk', ConsistentRead: true };
  for await (const { Items = [] } of paginateScan({ client }, scan)) {
    for (const items of groupsOf(Items, MOST_DELETED)) {
      const requests = items.map((Key) => ({ DeleteRequest: { Key } }));
      await client.send(new BatchWriteCommand({ RequestItems: { [table]: requests } }));
    }
  }
}

async function emptyBucket({ clients, deployed }: OpenStage): Promise<void> {
  const { bucket: Bucket } = deployed;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await clients.s3.send(
      new ListObjectVersionsCommand({ Bucket }),
    );
    const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
    if (Objects.length === 0) return;
    await clients.s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  }
}

/** Whoever holds the master secret remembers keys, and what was told lately; a change of its settings starts it anew. */
async function forgetEverything(): Promise<void> {
  const client = new LambdaClient();
  const named = Object.entries(functionNeeds).filter(([, { secret }]) => secret === true);
  const restart = async ([name, { timeoutSeconds }]: (typeof named)[number]) => {
    const FunctionName = `clientele-${E2E_STAGE}-${name.replace('/', '-')}`;
    const Description = `${name}, emptied ${new Date().toISOString()}`;
    await client.send(
      new UpdateFunctionConfigurationCommand({ FunctionName, Timeout: timeoutSeconds, Description }),
    );
    await waitUntilFunctionUpdatedV2(
      { client, minDelay: 0.1, maxDelay: 2, maxWaitTime: 120 },
      { FunctionName },
    );
  };
  await Promise.all(named.map(restart));
}
