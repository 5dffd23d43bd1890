import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openReceiptFile } from '../../shared/adapters/local/receipt-file.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { receiptsFrom } from '../../shared/application/import/receipts-from.ts';
import { readMapping } from '../../shared/domain/import/mapping.ts';
import { presets } from '../../shared/domain/import/presets.ts';
import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { countOf } from '../support/count-of.ts';
import { type Host, startHost } from '../support/host.ts';
import { memoryMachine, tell } from '../support/memory-machine.ts';

const FILE = '../shared/data/online-retail/online-retail.csv.gz';
const present = existsSync(FILE);
if (!present) process.stdout.write(`Skipped: the Online Retail receipts are not at ${FILE}.\n`);

/** The year's first two weeks: a thousand and a half receipts come through the door of either host in seconds. */
const UNTIL = '2010-12-15';
const BATCH = 200;

/** Receipts as a till that knows no currency would send them: it is then the stage's own. */
async function firstWeeks(): Promise<RawEvent[]> {
  const preset = presets['online-retail'] as { constants: object };
  const { currency: _pounds, ...constants } = preset.constants as { currency: string };
  const mapping = readMapping({ ...preset, constants }, { currencyDigits: 2 });
  const source = await openReceiptFile(FILE, mapping.file);
  const events: RawEvent[] = [];
  // The file is in the order of time, but for the lines of one receipt.
  for await (const found of receiptsFrom(source, mapping, { patience: 50, closed: 1_000_000 })) {
    if (found.kind === 'refused') throw new Error(found.message);
    if (found.events.some(({ occurredAt }) => occurredAt >= UNTIL)) break;
    events.push(...found.events);
  }
  return events;
}

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

describe.runIf(present)('two weeks of real receipts', () => {
  it('come through the door whole, to the penny, and end in the state that they end in anywhere', async () => {
    const events = await firstWeeks();
    const elsewhere = memoryMachine();
    await tell(elsewhere, ...events);

    for (const batch of groupsOf(events, BATCH)) expect((await host.send(batch)).status).toBe(202);
    const expected = await readStatus(elsewhere);
    const status = await host.eventually(
      () => host.status(),
      ({ facts }) => countOf(facts) === countOf(expected.facts),
    );

    // Counted from the file itself: 1,458 invoices, 768 customers, 530,356.91 in all.
    expect(countOf(status.facts)).toBe(1_458);
    expect(status.customers).toBe(768);
    expect(status.amounts['EUR']?.net).toBe(53_035_691);
    expect(status).toMatchObject(expected);
  });

  it('change nothing when they come again', async () => {
    const before = await host.status();

    for (const batch of groupsOf(await firstWeeks(), BATCH)) {
      const { status, body } = await host.send<{ results: { status: string }[] }>(batch);
      expect(status).toBe(202);
      expect(new Set(body.results.map((result) => result.status))).toEqual(new Set(['duplicate']));
    }

    expect(await host.status()).toEqual(before);
  });
});
