import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { TableName } from '../../contracts/key.ts';
import type { Write } from '../../ports/table.ts';
import { keyOf } from '../table-rules.ts';
import { toAttribute } from './dynamo-row.ts';

export type Action = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/** DynamoDB deletes expired items days late; until then they count as absent. */
export const ABSENT = 'attribute_not_exists(pk) OR expires < :now';
export const LIVE = '(attribute_not_exists(expires) OR expires >= :now)';

interface Circumstances {
  readonly tableNames: Readonly<Record<TableName, string>>;
  /** Epoch seconds. */
  readonly now: number;
  /** The put takes the place of an expired item, so its version begins again. */
  readonly overExpired: boolean;
}

/** One write as an action of a transaction. */
export function actionOf(write: Write, { tableNames, now, overExpired }: Circumstances): Action {
  const { table, pk, sk } = keyOf(write);
  const TableName = tableNames[table];
  const only = overExpired ? 'absent' : write.if;
  if ('remove' in write) {
    if (only === undefined) return { Delete: { TableName, Key: { pk, sk } } };
    return { Delete: { TableName, Key: { pk, sk }, ...conditionOf(only, now) } };
  }
  const { expires } = write;
  const value = toAttribute(write.value);
  const expiry = expires === undefined ? {} : { expires };
  if (only !== undefined) {
    const version = only === 'absent' ? 1 : only.version + 1;
    return {
      Put: { TableName, Item: { pk, sk, version, value, counts: {}, ...expiry }, ...conditionOf(only, now) },
    };
  }
  // A plain put would have to know the version that it raises.
  const set = 'SET #version = if_not_exists(#version, :zero) + :one, #value = :value, counts = :counts';
  return {
    Update: {
      TableName,
      Key: { pk, sk },
      UpdateExpression:
        expires === undefined ? `${set} REMOVE #token, expires` : `${set}, expires = :expires REMOVE #token`,
      ConditionExpression: LIVE,
      ExpressionAttributeNames: { '#version': 'version', '#value': 'value', '#token': 'token' },
      ExpressionAttributeValues: {
        ':zero': 0,
        ':one': 1,
        ':value': value,
        ':counts': {},
        ':now': now,
        ...(expires === undefined ? {} : { ':expires': expires }),
      },
    },
  };
}

const conditionOf = (only: NonNullable<Write['if']>, now: number) =>
  only === 'absent'
    ? { ConditionExpression: ABSENT, ExpressionAttributeValues: { ':now': now } }
    : {
        ConditionExpression: `#version = :version AND ${LIVE}`,
        ExpressionAttributeNames: { '#version': 'version' },
        ExpressionAttributeValues: { ':version': only.version, ':now': now },
      };
