import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { archiveEvents } from '../../../../../shared/application/ingest/archive-events.ts';
import {
  type ReplayOptions,
  type ReplayReport,
  replayEvents,
} from '../../../../../shared/application/ingest/replay-events.ts';
import type { Messages } from '../../../../../shared/contracts/messages.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, NOW, submit } from '../../../../support/memory-machine.ts';

const MARCH = { from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' };

/** Folds and archives what waits, as both consumers do; answers what came to the fold. */
async function work(machine: MemoryMachine): Promise<AcceptedEvent[]> {
  const details = machine.take<Messages['events.accepted']>('customers/fold-events');
  const events = details.flatMap((detail) => detail.events);
  await foldEvents(machine)(events);
  await archiveEvents(machine)(machine.take<Messages['events.accepted']>('ingest/archive-events'));
  return events;
}

/** Replays, and answers what came to the fold of it. */
async function replay(
  machine: MemoryMachine,
  options: Partial<ReplayOptions> = {},
): Promise<{ readonly report: ReplayReport; readonly came: readonly AcceptedEvent[] }> {
  const came: AcceptedEvent[] = [];
  const workOff = async () => came.push(...(await work(machine)));
  const report = await replayEvents({ ...machine, workOff }, { ...MARCH, ...options });
  return { report, came };
}

/** Whoever lost every table and kept the archive. */
const withoutTables = ({ blob }: MemoryMachine): MemoryMachine => ({ ...memoryMachine(), blob });

const stateOf = async (machine: MemoryMachine) => {
  const { quarantine: _notRecords, ...status } = await readStatus(machine);
  return status;
};

const day = (n: number) => `2026-03-${String(n).padStart(2, '0')}T10:00:00.000Z`;

/** Days of receipts, members, returns before their sales, and more signals of one customer than a record remembers. */
async function aFortnight(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  for (let n = 1; n <= 14; n += 1) {
    machine.setClock(day(n));
    const at = { occurredAt: day(n) };
    await submit(
      machine,
      aSoldReceipt(100 * n, { ...at, ids: { member: `M-${n % 3}` } }),
      aSoldReceipt(50, { ...at, ids: {} }),
      aSubmission('member.enrolled', { ...at, ids: { member: `M-${n % 3}`, phone: `+3161234567${n % 3}` } }),
      aSubmission('return.recorded', { ...at, ids: { member: 'M-1' } }),
      ...Array.from({ length: 10 }, () => aSubmission('page.viewed', at)),
    );
    await work(machine);
  }
  machine.setClock(NOW);
  return machine;
}

describe('a replay of the archive', () => {
  it('changes nothing, however often it is done', async () => {
    const machine = await aFortnight();
    const before = await stateOf(machine);
    const files = await machine.blob.list('archive/');

    const { report } = await replay(machine);
    await replay(machine);

    expect(report).toMatchObject({ read: 196, republished: 196, unreadable: 0, rebuild: false });
    expect(report.byType).toMatchObject({ 'page.viewed': 140, 'sale.recorded': 28 });
    expect(await stateOf(machine)).toEqual(before);
    expect(await machine.blob.list('archive/')).toEqual(files);
  });

  it('makes the same records again where every table was lost, and once more changes nothing', async () => {
    const machine = await aFortnight();
    const empty = withoutTables(machine);

    const { report } = await replay(empty);

    expect(report.rebuild).toBe(true);
    expect(await stateOf(empty)).toEqual(await stateOf(machine));
    await replay(empty);
    expect(await stateOf(empty)).toEqual(await stateOf(machine));
  });

  it('after the loss of some facts brings back just those', async () => {
    const machine = await aFortnight();
    const empty = withoutTables(machine);
    await replay(empty, { to: day(8) });
    expect(await stateOf(empty)).not.toEqual(await stateOf(machine));

    await replay(empty);

    const { facts, amounts } = await stateOf(machine);
    expect(await stateOf(empty)).toMatchObject({ facts, amounts });
  });

  it('is quiet, unless somebody asks for what follows from events; history stays quiet', async () => {
    const machine = memoryMachine();
    const quiets = async (options: Partial<ReplayOptions>) =>
      (await replay(machine, options)).came.map(({ quiet }) => quiet).sort();
    await submit(machine, aSoldReceipt(1), aSoldReceipt(1, { occurredAt: '2026-01-01T10:00:00Z' }));
    await work(machine);

    expect(await quiets({})).toEqual(['backfill', 'replay']);
    expect(await quiets({ sideEffects: true })).toEqual(['backfill', undefined]);
  });

  it('takes what was received in the window, of one source or some profiles alone', async () => {
    const machine = await aFortnight();
    const ada = machine.keyring.profileId('member', 'M-1');
    const count = async (options: Partial<ReplayOptions>) =>
      (await replay(machine, options)).report.republished;

    expect(await count({ from: day(3), to: day(5) })).toBe(28);
    expect(await count({ source: 'nobody' })).toBe(0);
    expect(await count({ source: 'till' })).toBe(196);
    expect((await replay(machine, { profiles: new Set([ada]) })).came.map(({ profile }) => profile)).toEqual(
      expect.not.arrayContaining([undefined]),
    );
  });

  it('only counts in a dry run', async () => {
    const { report, came } = await replay(await aFortnight(), { dryRun: true });

    expect([report.republished, came]).toEqual([196, []]);
  });

  it('tells of lines that nobody can read, and goes on', async () => {
    const machine = await aFortnight();
    const newer = { type: 'moon.landed', version: 1, keys: ['event/x'] };
    await machine.blob.write('archive/2026-03-05/zzz.ndjson.gz', [
      '{"type":"sale.rec',
      'null',
      JSON.stringify(newer),
    ]);

    expect((await replay(machine)).report).toMatchObject({ read: 199, republished: 196, unreadable: 3 });
  });

  it('holds for any days, told in any order and cut into any replays', async () => {
    const machine = await aFortnight();
    const expected = await stateOf(machine);
    const windows = fc.array(fc.tuple(fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 5 })), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(windows, async (all) => {
        for (const [first, days] of all)
          await replay(machine, { from: day(first), to: day(Math.min(first + days, 28)) });
        expect(await stateOf(machine)).toEqual(expected);
      }),
      { numRuns: 8 },
    );
  });
});
