import { describe, expect, it } from 'vitest';
import { archiveEvents } from '../../../../../shared/application/ingest/archive-events.ts';
import { aSale } from '../../../../builders/an-event.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';

describe('the archive', () => {
  it('keeps events as they travelled, by the day they were received; the same batch again is the same file', async () => {
    const machine = memoryMachine();
    const archive = archiveEvents(machine);
    const [monday, tuesday] = ['2026-03-02T23:59:59.999Z', '2026-03-03T00:00:00.000Z'];
    const events = [
      aSale(1, { receivedAt: monday }),
      aSale(2, { receivedAt: tuesday }),
      aSale(3, { receivedAt: monday }),
    ];
    const details = [{ events: events.slice(0, 2) }, { events: events.slice(2) }];

    await archive(details);
    await archive(details);

    const names = await machine.blob.list('archive/');
    expect(names).toHaveLength(2);
    const read = async (name = ''): Promise<unknown[]> => {
      const lines: unknown[] = [];
      for await (const line of machine.blob.read(name)) lines.push(JSON.parse(line));
      return lines;
    };
    expect(names[0]).toMatch(/^archive\/2026-03-02\/[0-9a-f]{32}\.ndjson\.gz$/);
    expect(await read(names[0])).toEqual([events[0], events[2]]);
    expect(await read(names[1])).toEqual([events[1]]);
  });

  it('keeps both of two events in conflict, whichever batches they came in', async () => {
    const machine = memoryMachine();
    const archive = archiveEvents(machine);

    await archive([{ events: [aSale(1, { id: 'twice', digest: 'a' })] }]);
    await archive([{ events: [aSale(2, { id: 'twice', digest: 'b' })] }]);

    expect(await machine.blob.list('archive/')).toHaveLength(2);
  });

  it('takes nothing in twice: what comes from it is there, and who let an event go is over', async () => {
    const machine = memoryMachine();
    const at = '2026-03-02T23:59:59.999Z';
    const sale = aSale(1, { receivedAt: at, quiet: 'backfill' });

    await archiveEvents(machine)([
      {
        events: [
          { ...sale, released: { at, from: 'quarantine' } },
          aSale(2, { released: { at, from: 'archive' } }),
        ],
      },
    ]);

    const [name = ''] = await machine.blob.list('archive/');
    const lines: unknown[] = [];
    for await (const line of machine.blob.read(name)) lines.push(JSON.parse(line));
    expect(lines).toEqual([sale]);
  });
});
