import { describe, expect, it } from 'vitest';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { foldWaiting, memoryMachine, submit, waiting } from '../../../../support/memory-machine.ts';

describe('personal data', () => {
  const person = {
    name: 'Ada Vermeer',
    birthday: '1988-05-17',
    address: { street: 'Prinsengracht 263' },
    nickname: 'Adalientje',
  };
  const ids = { member: 'M-77001', phone: '+31612345678', email: 'Ada@Example.com', device: 'device-4711' };
  const secrets = [
    'Vermeer',
    '1988-05-17',
    'Prinsengracht',
    'Adalientje',
    '612345678',
    'ada@example',
    'M-77001',
    'device-4711',
  ];

  it('is in no message, no fact and no row in the clear, before and after folding', async () => {
    const machine = memoryMachine();
    await submit(machine, aSubmission('member.enrolled', { ids, data: person }), aSoldReceipt(100, { ids }));
    const published = machine.everyRow();
    await foldWaiting(machine);
    const folded = machine.everyRow();

    for (const secret of secrets) {
      expect(published.toLowerCase()).not.toContain(secret.toLowerCase());
      expect(folded.toLowerCase()).not.toContain(secret.toLowerCase());
    }
    expect(folded).toContain('ams-01');
  });

  it('in the words of somebody who gave no identifier is not kept at all', async () => {
    const machine = memoryMachine();

    await submit(machine, aSubmission('review.written', { ids: {}, data: { text: 'Ask Ada Vermeer.' } }));

    const [event] = waiting(machine);
    expect(event).toMatchObject({ type: 'review.written' });
    expect(event).not.toHaveProperty('sealed');
    expect(event?.data).not.toHaveProperty('text');
  });

  it('that nobody defined is sealed together, and only what says nothing of the person is seen', async () => {
    const machine = memoryMachine();
    const told = { nickname: 'Adalientje', shoes: { size: 38 }, language: 'nl', homeStore: 'ams-01' };

    await submit(machine, aSubmission('member.updated', { ids: { member: 'M-1' }, data: told }));

    const [event] = waiting(machine);
    const more = await machine.keyring.open(String(event?.profile), String(event?.sealed?.['more']));
    expect(JSON.parse(more)).toEqual({ nickname: 'Adalientje', shoes: { size: 38 } });
    expect(event?.data).toEqual({ language: 'nl', homeStore: 'ams-01' });
  });

  it('is sealed field by field: what was said, and the addresses but not the device', async () => {
    const machine = memoryMachine();

    await submit(
      machine,
      aSubmission('member.updated', { ids, data: { name: person.name, address: person.address } }),
    );

    const [event] = waiting(machine);
    const opened = await Promise.all(
      Object.entries(event?.sealed ?? {}).map(async ([field, text]) => [
        field,
        await machine.keyring.open(String(event?.profile), text),
      ]),
    );
    expect(Object.fromEntries(opened)).toEqual({
      name: 'Ada Vermeer',
      address: '{"street":"Prinsengracht 263"}',
      member: 'M-77001',
      phone: '+31612345678',
      email: 'ada@example.com',
    });
  });
});
