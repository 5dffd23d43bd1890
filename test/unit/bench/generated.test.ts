import { describe, expect, it } from 'vitest';
import { memberRecord } from '../../../bench/generated/members.ts';
import { type Sent, till } from '../../../bench/generated/receipts.ts';
import { seeded } from '../../../local/demo/random.ts';
import { foldEvents } from '../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../shared/application/customers/status.ts';
import type { Aggregate, Share } from '../../../shared/domain/customers/aggregate.ts';
import { totalsOf } from '../../../shared/domain/customers/totals.ts';
import { dayFromIso, daysBefore } from '../../../shared/domain/kernel/day.ts';
import { accepted, memoryMachine } from '../../support/memory-machine.ts';

describe('the receipts of a till', () => {
  it('are taken, and add up to what the till says it sent', async () => {
    const machine = memoryMachine();
    machine.setClock(new Date().toISOString());
    const sent: Sent = { receipts: 0, gross: 0, returned: 0 };
    const next = till({ till: 1, run: 'test', members: 50 }, sent);

    await foldEvents(machine)(await accepted(machine, ...Array.from({ length: 400 }, next)));

    const { facts, amounts } = await readStatus(machine);
    expect(amounts['EUR']).toMatchObject({ gross: sent.gross, returned: sent.returned });
    expect((facts['sale.recorded'] ?? 0) + (facts['return.recorded'] ?? 0)).toBe(sent.receipts);
    // Some were told twice, some brought goods back.
    expect(sent.receipts).toBeLessThan(400);
    expect(sent.returned).toBeGreaterThan(0);
  });
});

describe('generated members', () => {
  const lastDay = dayFromIso('2026-03-31');
  const records = Array.from({ length: 300 }, (_, n) => memberRecord(seeded(`member ${n}`), lastDay));
  const netOf = (shares: Aggregate['stores']): number =>
    Object.values<Share>(shares).reduce((sum, { net }) => sum + net, 0);

  it('bought on 1 to 20 days of the last 400', () => {
    for (const { history } of records) {
      const days = history.days.map(({ day }) => day);
      expect(days.length).toBeGreaterThanOrEqual(1);
      expect(days.length).toBeLessThanOrEqual(20);
      expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
      expect(days[0]).toBeGreaterThan(daysBefore(lastDay, 400));
      expect(days.at(-1)).toBeLessThanOrEqual(lastDay);
    }
  });

  it('have parts that add up to the whole', () => {
    for (const record of records) {
      const { net } = totalsOf(record);
      expect([netOf(record.categories), netOf(record.channels), netOf(record.stores)]).toEqual([
        net,
        net,
        net,
      ]);
    }
  });

  it('spend unequally: the best fifth brings more than half', () => {
    const nets = records.map((record) => totalsOf(record).net).sort((a, b) => b - a);
    const sum = (values: readonly number[]): number => values.reduce((total, net) => total + net, 0);

    expect(sum(nets.slice(0, 60)) / sum(nets)).toBeGreaterThan(0.5);
  });

  it('are the same for the same number', () => {
    expect(memberRecord(seeded('member 7'), lastDay)).toEqual(records[7]);
  });
});
