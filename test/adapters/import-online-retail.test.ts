import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { openReceiptFile } from '../../shared/adapters/local/receipt-file.ts';
import { importReceipts } from '../../shared/application/import/import-receipts.ts';
import type { ImportReport } from '../../shared/application/import/import-report.ts';
import { type FoundReceipt, receiptsFrom } from '../../shared/application/import/receipts-from.ts';
import { readEvent } from '../../shared/domain/events/read-event.ts';
import { paidFor } from '../../shared/domain/events/receipt.ts';
import { readMapping } from '../../shared/domain/import/mapping.ts';
import { presets } from '../../shared/domain/import/presets.ts';
import type { RawEvent } from '../../shared/domain/import/raw-event.ts';
import { lineAmount } from '../../shared/domain/kernel/money.ts';
import { collected, onlineRetailIsThere, onlineRetailPath } from '../builders/receipt-csv.ts';

const mapping = readMapping(presets['online-retail'], { currencyDigits: 2 });
const open = () => openReceiptFile(onlineRetailPath, mapping.file);

const SLOW = 120_000;

describe.skipIf(!onlineRetailIsThere)(
  `the 541,909 lines of Online Retail${onlineRetailIsThere ? '' : ' (skipped: ../shared/data/online-retail is not there)'}`,
  () => {
    let receipts: FoundReceipt[];
    let events: RawEvent[];
    beforeAll(async () => {
      const all = await collected(receiptsFrom(await open(), mapping));
      receipts = all.filter((one) => one.kind === 'receipt');
      expect(receipts).toHaveLength(all.length);
      events = receipts.flatMap((receipt) => receipt.events);
    }, SLOW);

    it('are 25,900 receipts, each line in one of them', () => {
      expect(receipts).toHaveLength(25_900);
      expect(receipts.reduce((sum, { lines }) => sum + lines, 0)).toBe(541_909);
      expect(new Set(events.map((event) => readEvent(event).naturalKey)).size).toBe(events.length);
    });

    it('are sales, returns and adjustments, and 37 parts of long receipts', () => {
      const first = events.filter(({ data }) => data['part'] === undefined);

      expect(countBy(first, ({ type }) => type)).toEqual({
        'sale.recorded': 20_725,
        'return.recorded': 3_836,
        'adjustment.recorded': 1_339,
      });
      expect(countBy(first, ({ data }) => String(data['kind']))).toMatchObject({ books: 3, stock: 1_336 });
      expect(events.length - first.length).toBe(37);
    });

    it('know 4,372 customers', () => {
      const members = new Set(events.flatMap(({ ids }) => ids?.member ?? []));

      expect(members.size).toBe(4_372);
      for (const member of members) expect(member).toMatch(/^\d{5}$/);
    });

    it('come to 9,747,747.93 GBP', () => {
      expect(events.reduce((sum, event) => sum + amountOf(event), 0)).toBe(974_774_793);
    });

    it('stay under 24 KB an event', () => {
      expect(
        Math.max(...events.map((event) => Buffer.byteLength(JSON.stringify(event)))),
      ).toBeLessThanOrEqual(24_000);
    });

    it(
      'are taken once, and known the second time',
      async () => {
        const taken = new Map<string, string>();
        const reports: ImportReport[] = [];
        for (const _ of ['first', 'second'])
          reports.push(await importReceipts({ take: takeInto(taken) }, await open(), { mapping }));

        const same = {
          lines: 541_909,
          receipts: 25_900,
          sales: 20_725,
          returns: 3_836,
          adjustments: 1_339,
          strangers: 2_371,
          parts: 25_937,
          refused: [],
        };
        expect(reports).toMatchObject([
          { ...same, accepted: 25_900, duplicates: 0 },
          { ...same, accepted: 0, duplicates: 25_900 },
        ]);
      },
      SLOW,
    );
  },
);

/** Like ingest: what is told again in the same words is a duplicate, in other words a conflict. */
const takeInto = (taken: Map<string, string>) => async (batch: readonly RawEvent[]) =>
  batch.map((event) => {
    const name = readEvent(event).naturalKey ?? '';
    const digest = createHash('sha1').update(JSON.stringify(event)).digest('base64');
    const known = taken.get(name);
    taken.set(name, digest);
    if (known === undefined) return { status: 'accepted' as const };
    return known === digest
      ? { status: 'duplicate' as const }
      : { status: 'rejected' as const, code: 'conflict' };
  });

function countBy<T>(items: readonly T[], nameOf: (item: T) => string): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) counts[nameOf(item)] = (counts[nameOf(item)] ?? 0) + 1;
  return counts;
}

function amountOf(event: RawEvent): number {
  const { type, data } = readEvent(event).happening;
  if (type === 'adjustment.recorded')
    return data.lines.reduce((sum, { quantity, unitPrice }) => sum + lineAmount(quantity, unitPrice), 0);
  if (type !== 'sale.recorded' && type !== 'return.recorded') throw new Error(`${type} is no receipt`);
  const paid = data.lines.reduce((sum, line) => sum + paidFor(line), 0);
  return type === 'return.recorded' ? -paid : paid;
}
