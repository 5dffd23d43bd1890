import { BatchGetCommand, QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import type { Key, TableName } from '../../contracts/key.ts';
import { isBefore, toCursor } from '../../domain/kernel/cursor.ts';
import { StoreUnavailable } from '../../domain/kernel/errors.ts';
import { groupBy, groupsOf } from '../../domain/kernel/groups.ts';
import type { Item, Page, Query, Reading, Scan } from '../../ports/table.ts';
import { positionInQuery, positionInScan } from '../cursor.ts';
import type { Dynamo } from './dynamo-commit.ts';
import { persistently } from './dynamo-failures.ts';
import { itemOf } from './dynamo-row.ts';
import { backOff } from './patience.ts';

/** The most that one BatchGetItem takes. */
const KEYS_PER_CALL = 100;
const CALLS_AT_ONCE = 8;

const idOf = ({ table, pk, sk }: Key): string => JSON.stringify([table, pk, sk]);

/** Up to 100 different keys. What DynamoDB leaves out of its answer, it is asked for again. */
async function getBatch(
  { client, tableNames, patience }: Dynamo,
  keys: readonly Key[],
  now: number,
  { mayLag = false }: Reading,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  const logical = new Map(keys.map(({ table }) => [tableNames[table], table]));
  let wanted: Record<string, { Keys: Record<string, unknown>[]; ConsistentRead: boolean }> = {};
  for (const [name, group] of groupBy(keys, ({ table }) => tableNames[table])) {
    wanted[name] = { Keys: group.map(({ pk, sk }) => ({ pk, sk })), ConsistentRead: !mayLag };
  }
  for (let attempt = 0; attempt < patience.attempts; attempt += 1) {
    if (attempt > 0) await backOff(patience, attempt);
    const answer = await persistently(patience, () =>
      client.send(new BatchGetCommand({ RequestItems: wanted })),
    );
    for (const [name, rows] of Object.entries(answer.Responses ?? {})) {
      const table = logical.get(name);
      if (table !== undefined) items.push(...liveItems(table, rows, now));
    }
    wanted = (answer.UnprocessedKeys ?? {}) as typeof wanted;
    if (Object.keys(wanted).length === 0) return items;
  }
  throw new StoreUnavailable(`DynamoDB left out keys of every answer, ${patience.attempts} times`);
}

const liveItems = (
  table: TableName,
  rows: readonly Record<string, unknown>[] = [],
  now: number,
): readonly Item[] => rows.map((row) => itemOf(table, row, now)).filter((item) => item !== undefined);

/** Items in the order of the keys. */
export async function getManyFrom(
  dynamo: Dynamo,
  keys: readonly Key[],
  now: number,
  reading: Reading = {},
): Promise<readonly (Item | undefined)[]> {
  const distinct = [...new Map(keys.map((key) => [idOf(key), key])).values()];
  const found = new Map<string, Item>();
  for (const wave of groupsOf(groupsOf(distinct, KEYS_PER_CALL), CALLS_AT_ONCE)) {
    const batches = await Promise.all(wave.map((group) => getBatch(dynamo, group, now, reading)));
    for (const item of batches.flat()) found.set(idOf(item), item);
  }
  return keys.map((key) => found.get(idOf(key)));
}

interface Answer {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}
type StartKey = Record<string, unknown> | undefined;

/** DynamoDB ends a page at 1 MB, and answers expired items; reads on until the page is full. */
async function fill(
  { table, limit }: { readonly table: TableName; readonly limit: number },
  start: StartKey,
  cursorOf: (last: { readonly pk: string; readonly sk: string }) => string,
  now: number,
  read: (Limit: number, ExclusiveStartKey: StartKey) => Promise<Answer>,
): Promise<Page> {
  const items: Item[] = [];
  let last = start;
  do {
    const answer: Answer = await read(limit - items.length, last);
    items.push(...liveItems(table, answer.Items, now));
    last = answer.LastEvaluatedKey;
  } while (last !== undefined && items.length < limit);
  return { items, cursor: last && cursorOf({ pk: String(last['pk']), sk: String(last['sk']) }) };
}

/** The key condition of a query, or undefined where no key can meet it. */
function conditionOf({ pk, prefix, from = '', to }: Query) {
  const on = (condition: string, bounds: Readonly<Record<string, string>>) => ({
    KeyConditionExpression: `pk = :pk${condition}`,
    ExpressionAttributeValues: { ':pk': pk, ...bounds },
  });
  if (prefix !== undefined)
    return prefix === '' ? on('', {}) : on(' AND begins_with(sk, :prefix)', { ':prefix': prefix });
  if (to === undefined) return from === '' ? on('', {}) : on(' AND sk >= :from', { ':from': from });
  if (to === '' || isBefore(to, from)) return undefined;
  if (from === '') return on(' AND sk <= :to', { ':to': to });
  return on(' AND sk BETWEEN :from AND :to', { ':from': from, ':to': to });
}

export async function queryFrom(
  { client, tableNames, patience }: Dynamo,
  query: Query,
  now: number,
): Promise<Page> {
  const { table, pk } = query;
  const condition = conditionOf(query);
  if (condition === undefined) return { items: [], cursor: undefined };
  const sk = positionInQuery(query);
  return fill(
    query,
    sk === undefined ? undefined : { pk, sk },
    (last) => toCursor(last.sk),
    now,
    (Limit, ExclusiveStartKey) => {
      const command = new QueryCommand({
        TableName: tableNames[table],
        ...condition,
        ConsistentRead: true,
        ScanIndexForward: !query.descending,
        Limit,
        ExclusiveStartKey,
      });
      return persistently(patience, () => client.send(command));
    },
  );
}

/** Reads at half the price of a consistent read: law 1 lets a scan miss the last moment. */
export async function scanFrom(
  { client, tableNames, patience }: Dynamo,
  scan: Scan,
  now: number,
): Promise<Page> {
  const { table, segment, of } = scan;
  const position = positionInScan(scan.cursor);
  const start = position && { pk: position[0], sk: position[1] };
  return fill(
    scan,
    start,
    (last) => toCursor(last.pk, last.sk),
    now,
    (Limit, ExclusiveStartKey) => {
      const command = new ScanCommand({
        TableName: tableNames[table],
        Segment: segment,
        TotalSegments: of,
        Limit,
        ExclusiveStartKey,
      });
      return persistently(patience, () => client.send(command));
    },
  );
}
