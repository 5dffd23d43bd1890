import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { GetCommand, PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { Key } from '../../contracts/key.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import type { Value } from '../../ports/table.ts';
import { type Dynamo, newToken, wroteToken } from './dynamo-commit.ts';
import { persistently } from './dynamo-failures.ts';
import { itemOf, toAttribute } from './dynamo-row.ts';
import { ABSENT, LIVE } from './dynamo-writes.ts';

type Increments = Readonly<Record<string, number>>;

/** Raises the counts of an item that stands. */
function raise(increments: Increments, token: string, now: number) {
  const names = Object.keys(increments);
  const sums = names.map(
    (_, index) => `counts.#n${index} = if_not_exists(counts.#n${index}, :zero) + :n${index}`,
  );
  const values = names.map((name, index) => [`:n${index}`, increments[name]]);
  return {
    UpdateExpression: `SET ${['#version = #version + :one', '#token = :token', ...sums].join(', ')}`,
    ConditionExpression: `attribute_exists(pk) AND ${LIVE} AND (attribute_not_exists(#token) OR #token <> :token)`,
    ExpressionAttributeNames: {
      '#version': 'version',
      '#token': 'token',
      ...Object.fromEntries(names.map((name, index) => [`#n${index}`, name])),
    },
    ExpressionAttributeValues: {
      ':one': 1,
      ':token': token,
      ':now': now,
      ...(names.length === 0 ? {} : { ':zero': 0 }),
      ...Object.fromEntries(values),
    },
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

/** Runs `call`; undefined when its condition failed, `repeated` when an earlier try of the same call had worked. */
async function unlessRefused<T>(
  token: string,
  repeated: () => Promise<T>,
  call: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (wroteToken(error, token)) return repeated();
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

/** Increments numbers of one item and answers them. `now` in epoch seconds. */
export async function addTo(
  dynamo: Dynamo,
  { table, pk, sk }: Key,
  increments: Increments,
  now: number,
): Promise<Value> {
  const { client, patience, tableNames } = dynamo;
  const TableName = tableNames[table];
  const Key = { pk, sk };
  const token = newToken();
  const numbersOf = (row: Readonly<Record<string, unknown>> | undefined): Value => {
    const value = (row && itemOf(table, row, now)?.value) ?? increments;
    return Object.fromEntries(Object.keys(increments).map((name) => [name, value[name]]));
  };
  const reread = async () => {
    const found = await persistently(patience, () =>
      client.send(new GetCommand({ TableName, Key, ConsistentRead: true })),
    );
    return numbersOf(found.Item);
  };
  const change = async () => {
    const update = new UpdateCommand({ TableName, Key, ...raise(increments, token, now) });
    return numbersOf((await persistently(patience, () => client.send(update))).Attributes);
  };
  const create = async () => {
    const put = new PutCommand({
      TableName,
      Item: { pk, sk, version: 1, value: toAttribute({}), counts: increments, token },
      ConditionExpression: ABSENT,
      ExpressionAttributeValues: { ':now': now },
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    await persistently(patience, () => client.send(put));
    return increments;
  };
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    const numbers =
      (await unlessRefused(token, reread, change)) ?? (await unlessRefused(token, reread, create));
    if (numbers !== undefined) return numbers;
  }
  throw new TooManyConflicts(`The item ${pk} ${sk}`);
}
