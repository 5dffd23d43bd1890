import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { foldWaiting, memoryMachine, submit, tell } from '../../../../support/memory-machine.ts';

describe('an event told again', () => {
  const receipt = { store: 's', terminal: 't', receipt: 'same' };
  const told = aSoldReceipt(100, { id: 'one', data: receipt });

  it.each([
    ['in the same words', told],
    ['under another id, by its receipt number', { ...told, id: 'two' }],
    ['without an id, by its receipt number', { ...told, id: undefined }],
    ['with its receipt key for an id', { ...told, id: 'receipt/s/t/same/1' }],
    ['in another zone', { ...told, occurredAt: '2026-03-14T11:15:00+01:00' }],
    ['with a later sentAt', { ...told, sentAt: '2026-03-15T11:00:00Z' }],
    ['with its member number written differently', { ...told, ids: { member: ' m-1 ' } }],
    ['with a phone that is none', { ...told, ids: { member: 'M-1', phone: '12' } }],
  ])('is a duplicate before and after folding, and in one batch: %s', async (_how, again) => {
    const [apart, folded, together] = [memoryMachine(), memoryMachine(), memoryMachine()];

    await submit(apart, told);
    await tell(folded, told);

    const forgetful = { ...folded, recent: recentKeys() };
    expect(await submit(apart, again)).toMatchObject([{ status: 'duplicate' }]);
    expect(await submit(forgetful, again)).toMatchObject([{ status: 'duplicate' }]);
    expect(await submit(together, told, again)).toMatchObject([
      { status: 'accepted' },
      { status: 'duplicate' },
    ]);
  });

  it.each([
    ['the same id, another receipt', { ...told, data: { ...told.data, receipt: 'other' } }, 'id'],
    [
      'the same receipt, another id',
      { ...told, id: 'two', data: { ...told.data, channel: 'web' } },
      'data.receipt',
    ],
    [
      'the same receipt and no id',
      { ...told, id: undefined, occurredAt: '2026-03-14T10:15:01Z' },
      'data.receipt',
    ],
    ['the same id and receipt, another customer', { ...told, ids: { member: 'M-2' } }, 'id'],
    ['the same id, another type', aSubmission('consent.changed', { id: 'one' }), 'id'],
  ])(
    'with other content is a conflict before and after folding, and in one batch: %s',
    async (_how, again, path) => {
      const [apart, folded, together] = [memoryMachine(), memoryMachine(), memoryMachine()];
      const conflict = { status: 'rejected', code: 'conflict', path };

      await submit(apart, told);
      await tell(folded, told);

      expect(await submit(apart, again)).toMatchObject([conflict]);
      expect(await submit({ ...folded, recent: recentKeys() }, again)).toMatchObject([conflict]);
      expect(await submit(together, told, again)).toMatchObject([{ status: 'accepted' }, conflict]);
      for (const machine of [apart, folded, together]) {
        await foldWaiting(machine);
        expect(await readStatus(machine)).toMatchObject({
          amounts: { EUR: { gross: 100 } },
          quarantine: { conflict: 1 },
        });
      }
    },
  );

  it('as a signal is in conflict while its id is remembered; later it counts, since signals are many', async () => {
    const machine = memoryMachine();
    const signal = aSubmission('page.viewed', { id: 'one' });
    await tell(machine, told);

    expect(await submit(machine, signal)).toMatchObject([
      { status: 'rejected', code: 'conflict', path: 'id' },
    ]);
    expect(await submit({ ...machine, recent: recentKeys() }, signal)).toMatchObject([
      { status: 'accepted' },
    ]);

    await foldWaiting(machine);
    expect(await readStatus(machine)).toMatchObject({
      amounts: { EUR: { gross: 100 } },
      signals: { 'page.viewed': 1 },
    });
  });

  it('without a receipt number is in conflict by its id', async () => {
    const machine = memoryMachine();
    const consent = aSubmission('consent.changed', { id: 'c' });
    await submit(machine, consent);

    const [result] = await submit(machine, { ...consent, data: { ...consent.data, status: 'withdrawn' } });

    expect(result).toMatchObject({ status: 'rejected', code: 'conflict', path: 'id' });
  });
});
