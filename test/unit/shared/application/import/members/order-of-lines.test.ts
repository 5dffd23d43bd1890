import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aMemberMapping, aMemberRow, readingsOf } from '../../../../../builders/member-csv.ts';
import type { Row } from '../../../../../builders/receipt-csv.ts';
import { importInto, stateOf } from '../../../../../support/member-import.ts';
import { memoryMachine } from '../../../../../support/memory-machine.ts';

const mapping = aMemberMapping({
  columns: {
    member: 'Number',
    firstName: 'First',
    phone: 'Phone',
    email: 'Mail',
    homeStore: 'Zip',
    enrolledAt: 'Joined',
  },
});

/** Few of everything, so that lines meet: the same number twice, shared phones, nobody at all. */
const arbitraryRow: fc.Arbitrary<Row> = fc
  .record({
    Number: fc.constantFrom('', 'M1', 'M2', 'M3', 'M4', 'M5'),
    First: fc.constantFrom('Ada', 'Bo', ''),
    Phone: fc.constantFrom('', '0612345678', '0687654321', '12'),
    Mail: fc.constantFrom('', 'a@example.com', 'b@example.com', 'no'),
    Zip: fc.constantFrom('ams-01', 'utr-01'),
    Joined: fc.constantFrom('01.03.2020', '05.06.2021', ''),
    News: fc.constantFrom('yes', 'no', '', 'perhaps'),
  })
  .map((cells) => aMemberRow(cells));

const arbitraryFile = fc
  .array(arbitraryRow, { minLength: 1, maxLength: 12 })
  .chain((rows) => fc.tuple(fc.constant(rows), fc.shuffledSubarray(rows, { minLength: rows.length })));

describe('a file of members', () => {
  it('comes to the same counts and the same state in any order of its lines', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryFile, async ([rows, shuffled]) => {
        const [one, two] = [memoryMachine(), memoryMachine()];
        const first = await importInto(one, readingsOf(rows, mapping));
        const second = await importInto(two, readingsOf(shuffled, mapping));

        expect(await stateOf(two)).toBe(await stateOf(one));
        expect({ ...second.report, findings: [] }).toEqual({ ...first.report, findings: [] });
      }),
      { numRuns: 25 },
    );
  });

  it('adds up, does what its dry run said, and says nothing new the second time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(arbitraryRow, { minLength: 1, maxLength: 12 }), async (rows) => {
        const machine = memoryMachine();
        const readings = readingsOf(rows, mapping);
        const dry = await importInto(machine, readings, { dryRun: true });
        const { report } = await importInto(machine, readings);
        const before = await stateOf(machine);
        const again = await importInto(machine, readings);

        const { lines, taken, unchanged, repeated, refused } = report;
        expect(taken + unchanged + repeated + refused).toBe(lines);
        expect({ ...report, dryRun: true, proposed: 0 }).toEqual(dry.report);
        expect(again.report).toMatchObject({ taken: 0, unchanged: taken, events: {} });
        expect(await stateOf(machine)).toBe(before);
      }),
      { numRuns: 25 },
    );
  });
});
