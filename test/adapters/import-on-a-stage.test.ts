import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { aMemberRow, readingsOf } from '../builders/member-csv.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';
import { importInto, stateOf } from '../support/member-import.ts';
import { type MemoryMachine, memoryMachine } from '../support/memory-machine.ts';

const java = hasJava();

describe.skipIf(!java)(`members on the tables of a stage${java ? '' : ' (skipped: no Java 17)'}`, () => {
  let local: DynamoLocal;

  beforeAll(async () => {
    local = await startDynamoLocal();
  }, 60_000);

  afterAll(() => local.stop());

  it('end as they do on one machine, once and twice', async () => {
    const here = memoryMachine();
    const table = dynamoTable(local.client, await local.createTables(), here.clock);
    const there: MemoryMachine = {
      ...memoryMachine(),
      table,
      keyring: keyring({ master: Buffer.alloc(32, 7), table }),
    };
    const readings = readingsOf(
      Array.from({ length: 44 }, (_, index) =>
        aMemberRow({
          Number: `M${index % 43}`,
          Phone: `06 1234${5000 + index}`,
          Mail: `m${index % 40}@example.com`,
        }),
      ),
    );

    const first = await importInto(there, readings);
    const second = await importInto(there, readings);
    const onOneMachine = await importInto(here, readings);
    await importInto(here, readings);

    expect(first.report).toEqual(onOneMachine.report);
    expect(first.report.taken).toBe(42);
    expect(second.report).toMatchObject({ taken: 0, unchanged: 42 });
    expect(await stateOf(there)).toBe(await stateOf(here));
  });
});
