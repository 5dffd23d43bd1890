import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openReceiptFile } from '../../shared/adapters/local/receipt-file.ts';
import { auditRecords, isSound } from '../../shared/application/customers/audit.ts';
import { readStatus } from '../../shared/application/customers/status.ts';
import { receiptsFrom } from '../../shared/application/import/receipts-from.ts';
import { readMapping } from '../../shared/domain/import/mapping.ts';
import { presets } from '../../shared/domain/import/presets.ts';
import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { fractionOf } from '../../shared/domain/kernel/fraction.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { memoryMachine, tell } from '../support/memory-machine.ts';

const FILE = '../shared/data/online-retail/online-retail.csv.gz';
const present = existsSync(FILE);
if (!present) process.stdout.write(`Skipped: the Online Retail receipts are not at ${FILE}.\n`);

const UNTIL = '2011-01-15';

/** Six weeks of receipts. The returns name the receipt on which the same customer last bought the same thing. */
async function firstWeeks(): Promise<RawEvent[]> {
  const mapping = readMapping(presets['online-retail'], { currencyDigits: 2 });
  const bought = new Map<string, object>();
  const events: RawEvent[] = [];
  for await (const found of receiptsFrom(await openReceiptFile(FILE, mapping.file), mapping, {
    patience: 50,
    closed: 1_000_000,
  })) {
    if (found.kind === 'refused') throw new Error(found.message);
    if (found.events.some(({ occurredAt }) => occurredAt >= UNTIL)) break;
    events.push(...found.events.map((event) => withSale(event, bought)));
  }
  return events;
}

function withSale(event: RawEvent, bought: Map<string, object>): RawEvent {
  const nameOf = (sku: string): string => `${event.ids?.['member']} ${sku}`;
  if (event.type === 'sale.recorded') {
    const { store, terminal, receipt, lines } = event.data;
    for (const { sku } of lines) bought.set(nameOf(sku), { store, terminal, receipt });
  }
  if (event.type !== 'return.recorded') return event;
  const sale = event.data.lines?.map(({ sku }) => bought.get(nameOf(sku))).find((one) => one !== undefined);
  return sale === undefined ? event : ({ ...event, data: { ...event.data, sale } } as RawEvent);
}

/** The days in another order, the receipts of a day too, and a third of them twice. */
function shuffled(events: readonly RawEvent[], seed: number): RawEvent[] {
  const told = events.map((event, index) => ({ event, index }));
  const again = told.filter(({ index }) => fractionOf(`${seed} again ${index}`) < 0.3);
  const place = ({ event, index }: (typeof told)[number]): number =>
    fractionOf(`${seed} ${event.occurredAt.slice(0, 10)}`) + fractionOf(`${seed} ${index}`) / 1_000;
  return [...told, ...again].sort((a, b) => place(a) - place(b)).map(({ event }) => event);
}

describe.runIf(present)('six weeks of real receipts whose returns name what they bring back', () => {
  it('end in the same state when whole days are told late, in another order and twice', async () => {
    const events = await firstWeeks();
    const named = events.filter(({ type, data }) => type === 'return.recorded' && 'sale' in data);
    const [inOrder, late] = [memoryMachine({ currency: 'GBP' }), memoryMachine({ currency: 'GBP' })];

    await tell(inOrder, ...events);
    for (const batch of groupsOf(shuffled(events, 7), 250)) await tell(late, ...batch);

    expect(named.length).toBeGreaterThan(100);
    expect(await readStatus(late)).toEqual(await readStatus(inOrder));
    const [one, other] = await Promise.all(
      [inOrder, late].map(({ table }) => table.query({ table: 'control', pk: 'exceptions', limit: 1_000 })),
    );
    expect(other?.items.map(({ sk, value }) => ({ sk, value }))).toEqual(
      one?.items.map(({ sk, value }) => ({ sk, value })),
    );
    expect(isSound(await auditRecords(late))).toBe(true);
  });
});
