import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { keyringContract } from '../contract/keyring.contract.ts';
import { tableContract } from '../contract/table.contract.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';
import { lostAnswers } from './dynamo-lost-answers.ts';

const java = hasJava();

describe('the machine that runs these tests', () => {
  it.runIf(process.env['CI'])('has Java 17, without which DynamoDB would go untested', () => {
    expect(java).toBe(true);
  });
});

describe.skipIf(!java)(`DynamoDB Local${java ? '' : ' (skipped: Java 17 or newer is not installed)'}`, () => {
  let local: DynamoLocal;

  beforeAll(async () => {
    local = await startDynamoLocal();
  }, 60_000);

  afterAll(() => local.stop());

  tableContract('DynamoDB', {
    open: async (clock) => dynamoTable(local.client, await local.createTables(), clock),
    runs: 15,
  });

  lostAnswers(() => local);

  keyringContract('the crypto keyring over DynamoDB', async () => {
    const table = dynamoTable(local.client, await local.createTables());
    const master = new Uint8Array(32).fill(7);
    return {
      ring: keyring({ master, table }),
      twin: keyring({ master, table }),
      foreign: keyring({ master: new Uint8Array(32).fill(8), table }),
    };
  });
});
