import { randomBytes } from 'node:crypto';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../../contracts/key.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupsOf } from '../../domain/kernel/groups.ts';
import type { Committed, Write } from '../../ports/table.ts';
import { failedConditions, persistently } from './dynamo-failures.ts';
import { type Action, actionOf } from './dynamo-writes.ts';
import type { Patience } from './patience.ts';

/** What the parts of the DynamoDB table share. */
export interface Dynamo {
  readonly client: DynamoDBDocumentClient;
  readonly tableNames: Readonly<Record<TableName, string>>;
  readonly patience: Patience;
}

/**
 * Names one call. The SDK repeats a call whose answer was lost; when the first one was carried out, the
 * repeat fails its condition and finds the call's own token on the item.
 */
export const newToken = (): string => randomBytes(6).toString('base64url');

export const wroteToken = (error: unknown, token: string): boolean =>
  error instanceof ConditionalCheckFailedException && error.Item?.['token']?.S === token;

/** One write costs half of what it costs in a transaction. Answers the positions of failed conditions. */
async function writeOne(
  client: DynamoDBDocumentClient,
  { Put, Update, Delete }: Action,
): Promise<readonly number[]> {
  const token = newToken();
  try {
    if (Put !== undefined) {
      const Item = { ...Put.Item, token };
      await client.send(new PutCommand({ ...Put, Item, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' }));
    }
    if (Update !== undefined) await client.send(new UpdateCommand(Update));
    if (Delete !== undefined) await client.send(new DeleteCommand(Delete));
    return [];
  } catch (error) {
    if (wroteToken(error, token)) return [];
    if (error instanceof ConditionalCheckFailedException) return [0];
    throw error;
  }
}

/** The SDK sends a token of its own with a transaction, by which repeats are known for ten minutes. */
async function writeAll(
  client: DynamoDBDocumentClient,
  actions: readonly Action[],
): Promise<readonly number[]> {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: [...actions] }));
    return [];
  } catch (error) {
    const failed = failedConditions(error);
    if (failed === undefined) throw error;
    return failed;
  }
}

const isFree = (writes: readonly Write[], index: number): boolean => writes[index]?.if === undefined;

/** Writes all or nothing. `now` in epoch seconds. */
export async function commitTo(
  { client, tableNames, patience }: Dynamo,
  writes: readonly Write[],
  now: number,
): Promise<Committed> {
  const overExpired = new Set<number>();
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    const actions = writes.map((write, index) =>
      actionOf(write, { tableNames, now, overExpired: overExpired.has(index) }),
    );
    const [first, ...others] = actions;
    const failed = await persistently(patience, () =>
      first !== undefined && others.length === 0 ? writeOne(client, first) : writeAll(client, actions),
    );
    if (failed.length === 0) return { ok: true };
    const conditional = failed.filter((index) => !isFree(writes, index));
    if (conditional.length > 0) return { ok: false, failed: conditional };
    // Puts without a condition fail only where an expired item stands, or no longer stands.
    for (const index of failed) if (!overExpired.delete(index)) overExpired.add(index);
  }
  throw new TooManyConflicts('An item that expires');
}

const CALLS_AT_ONCE = 32;

/** A call for each write, since outside of a transaction it costs half. Answers the positions of failed conditions. */
export async function writeEachTo(
  dynamo: Dynamo,
  writes: readonly Write[],
  now: number,
): Promise<readonly number[]> {
  const committed: boolean[] = [];
  for (const group of groupsOf(writes, CALLS_AT_ONCE)) {
    const settled = await Promise.allSettled(group.map((write) => commitTo(dynamo, [write], now)));
    for (const one of settled) {
      // Thrown when all of the group have ended, so that nothing is written after the answer.
      if (one.status === 'rejected') throw one.reason;
      committed.push(one.value.ok);
    }
  }
  return committed.flatMap((ok, index) => (ok ? [] : [index]));
}
