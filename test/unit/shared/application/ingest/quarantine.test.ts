import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { memoryMachine, submit } from '../../../../support/memory-machine.ts';

const quarantined = async (machine: Parameters<typeof readStatus>[0]) =>
  (await readStatus(machine)).quarantine;

describe('what cannot be taken', () => {
  it.each([
    ['another currency', aSoldReceipt(1, { data: { currency: 'USD' } }), 'foreign-currency', 'data.currency'],
    ['no name at all', aSubmission('consent.changed', { id: undefined }), 'id-missing', 'id'],
    ['40 KB', aSoldReceipt(1, { data: { note: 'x'.repeat(40_000) } }), 'event-too-large', ''],
    [
      '36 KB of Chinese in 12,000 characters',
      aSoldReceipt(1, { data: { note: '店'.repeat(12_000) } }),
      'event-too-large',
      '',
    ],
    [
      '10,000 lists in each other',
      aSoldReceipt(1, { data: { note: JSON.parse(`${'['.repeat(10_000)}${']'.repeat(10_000)}`) } }),
      'event-too-deep',
      '',
    ],
    [
      'half a surrogate pair in a receipt number',
      aSoldReceipt(1, { data: { receipt: '\ud83d' } }),
      'invalid-field',
      'data.receipt',
    ],
  ])('is refused and the rest of its batch taken: %s', async (_what, item, code, path) => {
    const machine = memoryMachine();

    const results = await submit(machine, aSoldReceipt(1), item, aSoldReceipt(2));

    expect(results).toMatchObject([
      { status: 'accepted' },
      { status: 'rejected', code, path },
      { status: 'accepted' },
    ]);
    expect(await quarantined(machine)).toEqual({ [code]: 1 });
  });

  it('keeps its id in the answer, if it is one', async () => {
    const ids = ['till-7/1', 42, 'x'.repeat(129)];

    const results = await submit(memoryMachine(), ...ids.map((id) => ({ id, type: 'no.such' })));

    expect(results.map((result) => result.id)).toEqual(['till-7/1', undefined, undefined]);
  });

  it('is counted once for the same thing and cause, and again for another', async () => {
    const machine = memoryMachine();

    await submit(machine, { type: 'no.such' }, { type: 'no.such' }, { type: 'other' });
    await submit(machine, { type: 'no.such' }, aSoldReceipt(1, { data: { currency: 'USD' } }));

    expect(await quarantined(machine)).toEqual({ 'unknown-type': 2, 'foreign-currency': 1 });
  });

  it('is counted once where two doors refuse it at the same time', async () => {
    const machine = memoryMachine();

    await Promise.all([1, 2, 3].map(() => submit(machine, { type: 'no.such' })));

    expect(await quarantined(machine)).toEqual({ 'unknown-type': 1 });
  });

  it('is kept sealed, since nobody knows what is in it', async () => {
    const machine = memoryMachine();

    await submit(machine, { type: 'no.such', email: 'ada@example.com' });

    expect(machine.everyRow()).toContain('quarantine#unknown-type');
    expect(machine.everyRow()).not.toContain('ada@example.com');
  });
});
