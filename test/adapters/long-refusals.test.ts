import { afterAll, beforeAll, describe } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import type { Table } from '../../shared/ports/table.ts';
import { longRefusals } from '../contract/long-refusals.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';
import { memoryMachine } from '../support/memory-machine.ts';

const storeOf = (table: Table) => ({
  table,
  keyring: keyring({ master: new Uint8Array(32).fill(7), table }),
});

longRefusals('SQLite', async () => memoryMachine());

describe.skipIf(!hasJava())('with DynamoDB Local', () => {
  let local: DynamoLocal;

  beforeAll(async () => {
    local = await startDynamoLocal();
  }, 60_000);
  afterAll(() => local.stop());

  longRefusals('DynamoDB', async () => storeOf(dynamoTable(local.client, await local.createTables())));
});
