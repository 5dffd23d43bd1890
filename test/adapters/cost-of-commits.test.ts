import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoCounter } from '../../bench/cost/aws/dynamo-counter.ts';
import { watch } from '../../bench/cost/aws/watch.ts';
import { tally, type Usage } from '../../bench/cost/usage.ts';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import type { Key } from '../../shared/contracts/key.ts';
import type { Table } from '../../shared/ports/table.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';

/** Text that deflating brings back to about so many bytes. */
const noise = (bytes: number): string => randomBytes(bytes).toString('base64');

describe.skipIf(!hasJava())('what the cost meter counts of the DynamoDB table', () => {
  let local: DynamoLocal;
  let table: Table;
  const counted = tally();
  const kept = tally();
  const written = new Map<string, number>();

  const key = (sk: string, name: Key['table'] = 'customers'): Key => ({ table: name, pk: 'p', sk });
  const costOf = async (work: Promise<unknown>): Promise<Usage> => {
    await work;
    return counted.take();
  };

  beforeAll(async () => {
    local = await startDynamoLocal();
    const counter = dynamoCounter({
      plain: DynamoDBDocumentClient.from(local.client),
      tally: counted,
      kept,
      onWritten: ({ sk }, bytes) => written.set(sk, bytes),
    });
    table = dynamoTable(watch(new DynamoDBClient(local.config), counter), await local.createTables());
  }, 60_000);

  afterAll(() => local.stop());

  it('is, of a receipt, two units each for its record, its fact and its name: six', async () => {
    const commit = table.commit([
      { put: key('aggregate'), value: { units: 1 }, if: 'absent' },
      { put: key('fact', 'facts'), value: { id: 'r' }, if: 'absent' },
      { put: key('marker', 'facts'), value: { digest: 'd' }, if: 'absent' },
    ]);

    expect(await costOf(commit)).toEqual({ writeUnits: 6 });
    // pk p, sk aggregate, version 1, value {"units":1}, counts {}
    expect(written.get('aggregate')).toBe(2 + 1 + 2 + 9 + 7 + 2 + 5 + 11 + 6 + 3);
  });

  it('is, of one write alone, the larger of what stood there and what stands there now', async () => {
    const large = { text: noise(1_500) };

    expect(await costOf(table.commit([{ put: key('a'), value: {} }]))).toEqual({ writeUnits: 1 });
    expect(await costOf(table.commit([{ put: key('a'), value: large }]))).toEqual({ writeUnits: 2 });
    expect(await costOf(table.commit([{ put: key('a'), value: {} }]))).toEqual({ writeUnits: 2 });
    expect(await costOf(table.commit([{ remove: key('a') }]))).toEqual({ writeUnits: 1 });
  });

  it('is the full price of a condition that fails', async () => {
    await table.commit([{ put: key('b'), value: { text: noise(1_500) } }]);
    counted.take();

    expect(await costOf(table.commit([{ put: key('b'), value: {}, if: 'absent' }]))).toEqual({
      writeUnits: 2,
    });
    const both = table.commit([
      { put: key('b'), value: {}, if: 'absent' },
      { put: key('c'), value: {} },
    ]);
    expect(await costOf(both)).toEqual({ writeUnits: 4 + 2 });
  });

  it('is half of a commit where each writes by itself', async () => {
    const writes = ['d', 'e', 'f'].map((sk) => ({ put: key(sk), value: {} }));

    expect(await costOf(table.writeEach(writes))).toEqual({ writeUnits: 3 });
    expect(await costOf(table.commit(writes))).toEqual({ writeUnits: 6 });
  });

  it('is a unit for a look-up, also of what is not there, and half of it where it may lag', async () => {
    const keys = ['aggregate', 'none'].map((sk) => key(sk));

    expect(await costOf(table.get(key('none')))).toEqual({ readUnits: 1 });
    expect(await costOf(table.getMany(keys))).toEqual({ readUnits: 2 });
    expect(await costOf(table.getMany(keys, { mayLag: true }))).toEqual({ readUnits: 1 });
  });

  it('is the sum of a page for queries and scans, a scan by half', async () => {
    const writes = Array.from({ length: 8 }, (_, n) => ({
      put: { table: 'control' as const, pk: 'q', sk: `s${n}` },
      value: { text: noise(1_500) },
    }));
    await table.writeEach(writes);
    counted.take();

    const query = await costOf(table.query({ table: 'control', pk: 'q', limit: 100 }));
    const scan = await costOf(table.scan({ table: 'control', segment: 0, of: 1, limit: 100 }));

    const bytes = [...written].filter(([sk]) => /^s\d$/.test(sk)).reduce((sum, [, size]) => sum + size, 0);
    expect(query).toEqual({ readUnits: Math.ceil(bytes / 4_096) });
    expect(scan).toEqual({ readUnits: Math.ceil(bytes / 4_096) / 2 });
  });

  it('is also what came to stay, with a hundred bytes for each item', async () => {
    kept.take();
    await table.commit([{ put: key('g'), value: {} }]);
    const bytes = (written.get('g') ?? 0) + 100;
    expect(kept.take()).toEqual({ tableBytes: bytes, recoveryBytes: bytes });

    await table.commit([{ remove: key('g') }]);
    expect(kept.take()).toEqual({ tableBytes: -bytes, recoveryBytes: -bytes });
  });
});
