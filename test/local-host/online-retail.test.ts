import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { clienteleJson } from '../support/command-line.ts';
import { temporaryDirectory } from '../support/local-host.ts';
import { shuffledReceipts } from '../support/shuffled-receipts.ts';

const FILE = '../shared/data/online-retail/online-retail.csv.gz';
const present = existsSync(FILE);
if (!present) process.stdout.write(`Skipped: the Online Retail receipts are not at ${FILE}.\n`);

interface Report {
  readonly lines: number;
  readonly receipts: number;
  readonly returns: number;
  readonly strangers: number;
  readonly accepted: number;
  readonly duplicates: number;
  readonly refusedByCode: Readonly<Record<string, number>>;
}

interface Status {
  readonly customers: number;
  readonly facts: Readonly<Record<string, number>>;
  readonly amounts: Readonly<Record<string, Readonly<Record<string, number>>>>;
  readonly stateHash: string;
}

const directory = temporaryDirectory();
const shuffled = temporaryDirectory();
afterAll(() => {
  directory.remove();
  shuffled.remove();
});

const importInto = (path: string, file: string) =>
  clienteleJson<Report>(path, 'import', 'receipts', file, '--map', 'online-retail');

describe.runIf(present)('a year of real receipts', () => {
  it('comes in whole: every line, every receipt, every customer, to the penny', async () => {
    const report = await importInto(directory.path, FILE);
    const { customers, facts, amounts } = await clienteleJson<Status>(directory.path, 'status');

    // Counted from the file itself: 541,909 lines, 25,900 invoices, 4,372 customers, 9,747,747.93 GBP.
    expect(report).toMatchObject({
      lines: 541_909,
      receipts: 25_900,
      returns: 3_836,
      accepted: 25_900,
      refusedByCode: {},
    });
    expect(customers).toBe(4_372);
    expect(facts).toEqual({
      'sale.recorded': 20_725,
      'return.recorded': 3_836,
      'adjustment.recorded': 1_339,
    });
    expect(amounts).toEqual({
      GBP: { gross: 1_065_562_248, returned: 89_681_249, adjustments: -1_106_206, net: 974_774_793 },
    });
  });

  it('changes nothing when it comes again', async () => {
    const before = await clienteleJson<Status>(directory.path, 'status');

    const report = await importInto(directory.path, FILE);

    expect(report).toMatchObject({ accepted: 0, duplicates: 25_900 });
    expect(await clienteleJson<Status>(directory.path, 'status')).toEqual(before);
  });

  it('ends in the same state in any order', async () => {
    const file = await shuffledReceipts(FILE, `${shuffled.path}/shuffled.csv`, 7);

    await importInto(`${shuffled.path}/data`, file);

    const [one, other] = await Promise.all([
      clienteleJson<Status>(directory.path, 'status'),
      clienteleJson<Status>(`${shuffled.path}/data`, 'status'),
    ]);
    expect(other.stateHash).toBe(one.stateHash);
    expect(other).toEqual(one);
  });
});
