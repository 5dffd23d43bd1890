import { describe, expect, it } from 'vitest';
import { importReceipts } from '../../../../../shared/application/import/import-receipts.ts';
import { acceptEvents, foretellEvents } from '../../../../../shared/application/ingest/accept-events.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { aMapping, aRow, aSource } from '../../../../builders/receipt-csv.ts';
import { foldWaiting, memoryMachine, tell } from '../../../../support/memory-machine.ts';

const afresh = <M extends object>(machine: M) => ({ ...machine, recent: recentKeys() });

describe('what the door would say is foretold', () => {
  it('as it is said then, and nothing is taken, kept or sealed meanwhile', async () => {
    const machine = memoryMachine();
    const told = aSoldReceipt(100);
    await tell(machine, told);
    const twice = aSubmission('member.enrolled', { id: 'm-1', data: { name: 'Ada' } });
    const items = [
      aSoldReceipt(200),
      told,
      { ...told, occurredAt: '2026-03-14T11:11:11Z' },
      twice,
      twice,
      aSoldReceipt(1, { data: { currency: 'USD' } }),
      aSoldReceipt(1, { occurredAt: '2099-01-01T00:00:00Z' }),
      aSoldReceipt(1, { occurredAt: '1850-01-01T00:00:00Z' }),
      { type: 'no.such' },
    ];
    const before = machine.everyRow();

    const foretold = await foretellEvents(afresh(machine))(items, 'till');

    expect(machine.everyRow()).toBe(before);
    expect(foretold).toEqual(await acceptEvents(afresh(machine))(items, 'till'));
    expect(foretold.map(({ status }) => status)).toEqual([
      ...['accepted', 'duplicate', 'rejected', 'accepted', 'duplicate'],
      ...['rejected', 'rejected', 'rejected', 'rejected'],
    ]);
  });

  it('so that an import that is only tried reports what the real one does', async () => {
    const machine = memoryMachine();
    const rows = [
      aRow({ Receipt: '1' }),
      aRow({ Receipt: '2', Time: '2099-01-01 10:00:00' }),
      aRow({ Receipt: '3', Time: '1850-01-01 10:00:00' }),
      aRow({ Receipt: '4', Price: 'free' }),
    ];
    const importBy = (take: ReturnType<typeof acceptEvents>) =>
      importReceipts({ take: (events) => take(events, 'import', { quiet: 'backfill' }) }, aSource(...rows), {
        mapping: aMapping(),
      });

    const dry = await importBy(foretellEvents(afresh(machine)));
    const real = await importBy(acceptEvents(afresh(machine)));
    await foldWaiting(machine);
    const again = await importBy(foretellEvents(afresh(machine)));

    expect(dry).toEqual(real);
    expect(dry.refusedByCode).toEqual({
      'not-a-number': 1,
      'occurred-in-future': 1,
      'occurred-too-early': 1,
    });
    expect(dry).toMatchObject({ accepted: 1 });
    expect(again).toMatchObject({ accepted: 0, duplicates: 1 });
  });
});
