import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { patient } from '../../shared/adapters/aws/patience.ts';
import type { Table } from '../../shared/ports/table.ts';
import { manualClock } from '../contract/manual-clock.ts';
import type { DynamoLocal } from '../support/dynamo-local.ts';

/** What the table does when DynamoDB carries a call out and its answer does not reach us. */
export function lostAnswers(local: () => DynamoLocal): void {
  describe('an answer of DynamoDB that is lost', () => {
    let table: Table;
    let client: DynamoDBClient;
    /** So many of the coming calls are carried out, but their answers do not reach us. */
    let lost = 0;
    let count = 0;

    beforeAll(async () => {
      client = new DynamoDBClient(local().config);
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          if (lost === 0) return result;
          lost -= 1;
          throw Object.assign(new Error('socket hang up'), { name: 'TimeoutError' });
        },
        { step: 'deserialize', priority: 'low' },
      );
      table = dynamoTable(client, await local().createTables(), manualClock().now, {
        ...patient,
        sleep: async () => undefined,
      });
    });

    afterAll(() => client.destroy());

    beforeEach(() => {
      lost = 0;
      count += 1;
    });

    const key = (sk: string) => ({ table: 'customers', pk: `lost-${count}`, sk }) as const;

    it('does not turn a conditional put that was carried out into a refusal', async () => {
      lost = 1;
      expect(await table.commit([{ put: key('claim'), value: { mine: true }, if: 'absent' }])).toEqual({
        ok: true,
      });
      lost = 1;
      expect(await table.commit([{ put: key('claim'), value: { mine: 2 }, if: { version: 1 } }])).toEqual({
        ok: true,
      });

      expect(await table.get(key('claim'))).toMatchObject({ version: 2, value: { mine: 2 } });
    });

    it('does not hide that another one was first', async () => {
      await table.commit([{ put: key('claim'), value: { mine: false }, if: 'absent' }]);

      lost = 1;
      expect(await table.commit([{ put: key('claim'), value: { mine: true }, if: 'absent' }])).toEqual({
        ok: false,
        failed: [0],
      });
    });

    it('does not turn a transaction that was carried out into a refusal', async () => {
      lost = 1;
      const committed = await table.commit([
        { put: key('a'), value: {}, if: 'absent' },
        { put: key('b'), value: {} },
      ]);

      expect(committed).toEqual({ ok: true });
      expect(await table.get(key('b'))).toMatchObject({ version: 1 });
    });

    it('does not make a number be added twice, neither to a new item nor to an old one', async () => {
      lost = 2;
      expect(await table.add(key('n'), { sent: 5 })).toEqual({ sent: 5 });
      lost = 1;
      expect(await table.add(key('n'), { sent: 2 })).toEqual({ sent: 7 });

      expect(await table.get(key('n'))).toMatchObject({ version: 2, value: { sent: 7 } });
    });

    it('is StoreUnavailable when no repeat is answered', async () => {
      lost = 20;

      await expect(table.get(key('a'))).rejects.toMatchObject({ code: 'store-unavailable', retryable: true });
    });
  });
}
