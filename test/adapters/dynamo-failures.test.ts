import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  InternalServerError,
  ProvisionedThroughputExceededException,
  ThrottlingException,
  TransactionCanceledException,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { manualClock } from '../contract/manual-clock.ts';

const mock = mockClient(DynamoDBDocumentClient);
let waits: number[] = [];
const patience = {
  random: () => 0.5,
  sleep: async (millis: number) => {
    waits.push(millis);
  },
  attempts: 4,
};
const tableNames = { customers: 'C', facts: 'F', vault: 'V', control: 'K', outbox: 'O' };
const table = dynamoTable(
  new DynamoDBClient({ region: 'eu-west-1' }),
  tableNames,
  manualClock().now,
  patience,
);
const key = (sk: string) => ({ table: 'customers', pk: 'p', sk }) as const;
const row = (sk: string) => ({ pk: 'p', sk, version: 1, value: '{}', counts: {} });

const told = { $metadata: {}, message: 'told' };
const cancelled = (...codes: readonly string[]) =>
  new TransactionCanceledException({ ...told, CancellationReasons: codes.map((Code) => ({ Code })) });
const unavailable = { code: 'store-unavailable', retryable: true };

beforeEach(() => {
  mock.reset();
  waits = [];
});

const two = [
  { put: key('a'), value: {}, if: 'absent' },
  { put: key('b'), value: {}, if: { version: 1 } },
] as const;

describe('a failure that passes', () => {
  it.each([
    new ThrottlingException(told),
    new ProvisionedThroughputExceededException(told),
    new TransactionConflictException(told),
  ])('such as %s is met with growing waits', async (error) => {
    mock.on(PutCommand).rejectsOnce(error).rejectsOnce(error).resolves({});

    expect(await table.commit([two[0]])).toEqual({ ok: true });
    expect(waits).toEqual([25, 50]);
  });

  it('that lasts becomes StoreUnavailable', async () => {
    mock.on(PutCommand).rejects(new ThrottlingException(told));

    await expect(table.commit([two[0]])).rejects.toMatchObject(unavailable);
    expect(mock.commandCalls(PutCommand)).toHaveLength(4);
  });

  it.each([
    ['a conflict', ['TransactionConflict', 'None']],
    ['throttling', ['None', 'ThrottlingError']],
    ['a conflict beside a failed condition', ['TransactionConflict', 'ConditionalCheckFailed']],
  ])('repeats a transaction that was cancelled by %s', async (_, codes) => {
    mock
      .on(TransactWriteCommand)
      .rejectsOnce(cancelled(...codes))
      .resolves({});

    expect(await table.commit(two)).toEqual({ ok: true });
    expect(waits).toHaveLength(1);
  });
});

describe('a failure that does not pass', () => {
  it('of a condition is an answer, without a wait', async () => {
    mock.on(TransactWriteCommand).rejects(cancelled('None', 'ConditionalCheckFailed'));
    mock.on(DeleteCommand).rejects(new ConditionalCheckFailedException(told));

    expect(await table.commit(two)).toEqual({ ok: false, failed: [1] });
    expect(await table.commit([{ remove: key('a'), if: { version: 1 } }])).toEqual({
      ok: false,
      failed: [0],
    });
    expect(waits).toEqual([]);
  });

  it('is passed on as it is', async () => {
    const error = cancelled('ValidationError', 'None');
    mock.on(TransactWriteCommand).rejects(error);

    await expect(table.commit(two)).rejects.toBe(error);
  });

  it('of the service, or of the way to it, is StoreUnavailable', async () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' });
    for (const error of [new InternalServerError(told), refused]) {
      mock.on(GetCommand).rejects(error);
      await expect(table.get(key('a'))).rejects.toMatchObject({ ...unavailable, cause: error });
    }
    expect(waits).toEqual([]);
  });

  it('of the program is no failure of the store', async () => {
    const error = Object.assign(new TypeError('bad'), { code: 'ERR_INVALID_ARG_TYPE' });
    mock.on(GetCommand).rejects(error);

    await expect(table.get(key('a'))).rejects.toBe(error);
  });
});

describe('getMany', () => {
  it('asks again for the keys that were left out, and for each key once', async () => {
    mock
      .on(BatchGetCommand)
      .resolvesOnce({
        Responses: { C: [row('a')] },
        UnprocessedKeys: { C: { Keys: [{ pk: 'p', sk: 'b' }], ConsistentRead: true } },
      })
      .resolves({ Responses: { C: [row('b')] } });

    const found = await table.getMany([key('b'), key('a'), key('b'), key('c')]);

    expect(found.map((item) => item?.sk)).toEqual(['b', 'a', 'b', undefined]);
    expect(waits).toEqual([25]);
    expect(
      mock.commandCalls(BatchGetCommand).map(({ args }) => args[0].input.RequestItems?.['C']?.Keys?.length),
    ).toEqual([3, 1]);
  });

  it('is StoreUnavailable when keys are left out for ever', async () => {
    mock.on(BatchGetCommand).resolves({ UnprocessedKeys: { C: { Keys: [{ pk: 'p', sk: 'b' }] } } });

    await expect(table.getMany([key('b')])).rejects.toMatchObject(unavailable);
  });

  it('reads 100 keys a call', async () => {
    mock.on(BatchGetCommand).resolves({});

    await table.getMany(Array.from({ length: 250 }, (_, index) => key(`item-${index}`)));

    const sizes = mock
      .commandCalls(BatchGetCommand)
      .map(({ args }) => args[0].input.RequestItems?.['C']?.Keys?.length);
    expect(sizes).toEqual([100, 100, 50]);
  });
});

describe('pages that DynamoDB cuts short', () => {
  it('are filled by reading on', async () => {
    mock
      .on(ScanCommand)
      .resolvesOnce({ Items: [row('a')], LastEvaluatedKey: { pk: 'p', sk: 'a' } })
      .resolvesOnce({ Items: [], LastEvaluatedKey: { pk: 'p', sk: 'b' } })
      .resolvesOnce({ Items: [row('c')], LastEvaluatedKey: { pk: 'p', sk: 'c' } });

    const page = await table.scan({ table: 'customers', segment: 1, of: 4, limit: 2 });

    expect(page.items.map(({ sk }) => sk)).toEqual(['a', 'c']);
    expect(page.cursor).toBeDefined();
    expect(mock.commandCalls(ScanCommand).map(({ args }) => args[0].input.Limit)).toEqual([2, 1, 1]);
  });
});

describe('writes of which one cannot be written', () => {
  it('are StoreUnavailable, once the others have ended', async () => {
    let ended = false;
    mock.on(PutCommand).rejects(new ThrottlingException(told));
    mock.on(DeleteCommand).callsFake(async () => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      ended = true;
      return {};
    });

    await expect(table.writeEach([two[0], { remove: key('d') }])).rejects.toMatchObject(unavailable);
    expect(ended).toBe(true);
  });
});

describe('what is billed', () => {
  it('is a consistent read where the laws need it, and half of one for a scan', async () => {
    mock.onAnyCommand().resolves({});

    await table.get(key('a'));
    await table.getMany([key('a')]);
    await table.query({ table: 'customers', pk: 'p', limit: 1 });
    await table.scan({ table: 'customers', segment: 0, of: 1, limit: 1 });

    expect(mock.commandCalls(GetCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(mock.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.['C']?.ConsistentRead).toBe(
      true,
    );
    expect(mock.commandCalls(QueryCommand)[0]?.args[0].input.ConsistentRead).toBe(true);
    expect(mock.commandCalls(ScanCommand)[0]?.args[0].input.ConsistentRead).toBeUndefined();
  });

  it('is half of a consistent read where an answer may lag', async () => {
    mock.onAnyCommand().resolves({});

    await table.getMany([key('a')], { mayLag: true });

    expect(mock.commandCalls(BatchGetCommand)[0]?.args[0].input.RequestItems?.['C']?.ConsistentRead).toBe(
      false,
    );
  });

  it('is no transaction where each writes by itself', async () => {
    mock.onAnyCommand().resolves({});

    await table.writeEach([two[0], { put: key('c'), value: {} }, { remove: key('d') }]);

    expect(mock.calls().map(({ args }) => args[0].constructor.name)).toEqual([
      'PutCommand',
      'UpdateCommand',
      'DeleteCommand',
    ]);
  });

  it('is no transaction for a single write, and one call for an addition', async () => {
    mock.onAnyCommand().resolves({});
    mock.on(UpdateCommand).resolves({ Attributes: { ...row('a'), counts: { n: 1 } } });

    await table.commit([{ put: key('a'), value: {} }]);
    await table.commit([two[0]]);
    await table.commit([{ remove: key('a') }]);
    await table.add(key('a'), { n: 1 });

    const calls = [UpdateCommand, PutCommand, DeleteCommand, TransactWriteCommand].map(
      (command) => mock.calls().filter(({ args }) => args[0] instanceof command).length,
    );
    expect(calls).toEqual([2, 1, 1, 0]);
  });
});

describe('a put without a condition', () => {
  it('takes the place of an expired item, and counts on when another writer was quicker', async () => {
    mock.on(UpdateCommand).rejectsOnce(new ConditionalCheckFailedException(told)).resolves({});
    mock.on(PutCommand).rejects(new ConditionalCheckFailedException(told));

    expect(await table.commit([{ put: key('a'), value: {} }])).toEqual({ ok: true });

    const commands = mock.calls().map(({ args }) => args[0].constructor.name);
    expect(commands).toEqual(['UpdateCommand', 'PutCommand', 'UpdateCommand']);
  });
});

describe('items that keep expiring while they are written', () => {
  it('end in TooManyConflicts', async () => {
    mock.on(UpdateCommand).rejects(new ConditionalCheckFailedException(told));
    mock.on(PutCommand).rejects(new ConditionalCheckFailedException(told));

    const stubborn = { code: 'too-many-conflicts', retryable: true };
    await expect(table.commit([{ put: key('a'), value: {} }])).rejects.toMatchObject(stubborn);
    await expect(table.add(key('a'), { n: 1 })).rejects.toMatchObject(stubborn);
  });
});
