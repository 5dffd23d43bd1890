import { describe, expect, it } from 'vitest';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import {
  foldWaiting,
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';
import { counts, MONTHS_LATER, opsOf } from '../../../../support/quarantine-of.ts';

describe('what the fold set aside', () => {
  /** Of 201 returns that name one sale the last one waits; the door remembers its name. */
  async function oneTooMany(): Promise<MemoryMachine> {
    const machine = memoryMachine();
    const back = () =>
      aSubmission('return.recorded', {
        id: undefined,
        data: {
          store: 'ams-02',
          terminal: 'till-9',
          lines: [{ sku: 'MUG', quantity: 1, unitPrice: 1 }],
          sale: { store: 'ams-01', terminal: 'till-1', receipt: '1' },
        },
      });
    await tell(machine, ...Array.from({ length: 201 }, back));
    return machine;
  }

  it('is not taken for a duplicate of itself by a door that published it', async () => {
    const machine = await oneTooMany();
    const { retry } = opsOf(machine, machine.recent);

    for (const _time of ['once', 'twice']) {
      expect(await retry('too-many-returns')).toEqual({ status: 'taken' });
      expect(await foldWaiting(machine)).toMatchObject({ folded: 0, conflicts: 1 });
      expect(await counts(machine)).toEqual({ 'too-many-returns': 1 });
    }
  });

  it('moves to the conflicts where its name was taken by another telling, as what the door had taken', async () => {
    const machine = await oneTooMany();
    const { item } = await opsOf(machine).open('too-many-returns');
    const { data } = item as { data: Record<string, unknown> };
    const { sale: _sale, ...other } = data;
    const elsewhere = { ...machine, recent: recentKeys() };
    await submit(
      elsewhere,
      aSubmission('return.recorded', { id: undefined, data: { ...other, sale: undefined } }),
    );
    await foldWaiting(machine);

    expect(await opsOf(machine).retry('too-many-returns')).toMatchObject({ cause: 'conflict' });

    expect(await counts(machine)).toEqual({ conflict: 1 });
    expect(await opsOf(machine).open('conflict')).toMatchObject({ accepted: true, item: { data } });
  });

  it('is history when it is tried months later: nobody is written to for it', async () => {
    const machine = await oneTooMany();
    machine.setClock(MONTHS_LATER);

    expect(await opsOf(machine).retry('too-many-returns')).toEqual({ status: 'taken' });

    expect(waiting(machine)).toMatchObject([{ quiet: 'backfill', released: { at: MONTHS_LATER } }]);
  });

  it('is taken as it was mended, also by the door that published it', async () => {
    const machine = await oneTooMany();
    const { open, retry } = opsOf(machine, machine.recent);
    const { item } = await open('too-many-returns');
    const { data, ...event } = item as { data: Record<string, unknown> };
    const mended = {
      ...event,
      data: { ...data, sale: { store: 'ams-01', terminal: 'till-1', receipt: '2' } },
    };

    expect(await retry('too-many-returns', mended)).toEqual({ status: 'taken' });
    expect(await foldWaiting(machine)).toMatchObject({ folded: 1 });
    expect(await counts(machine)).toEqual({});
  });
});
