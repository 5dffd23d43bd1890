import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { MESSAGE_BYTES, type Messages } from '../../../../../shared/contracts/messages.ts';
import { isoFromDay } from '../../../../../shared/domain/kernel/day.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { absentBus, Died, full } from '../../../../support/faults.ts';
import {
  foldWaiting,
  memoryMachine,
  NOW,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';

const quarantined = async (machine: Parameters<typeof readStatus>[0]) =>
  (await readStatus(machine)).quarantine;

describe('a batch', () => {
  it('is answered item by item, in order; what is good is taken beside what is not', async () => {
    const machine = memoryMachine();
    const sale = aSoldReceipt(100);

    const results = await submit(
      machine,
      aSubmission('consent.changed', { id: 'c1' }),
      { type: 'no.such' },
      sale,
      sale,
      null,
    );

    expect(results).toMatchObject([
      { status: 'accepted', id: 'c1' },
      { status: 'rejected', code: 'unknown-type', path: 'type' },
      { status: 'accepted', id: expect.stringMatching(/^receipt\/ams-01\//) },
      { status: 'duplicate', id: expect.stringMatching(/^receipt\/ams-01\//) },
      { status: 'rejected', code: 'unknown-type', path: 'type' },
    ]);
    expect(waiting(machine).map(({ type }) => type)).toEqual(['consent.changed', 'sale.recorded']);
  });

  it('without a good item publishes nothing', async () => {
    const machine = memoryMachine();

    await submit(machine, 'nonsense');

    expect(machine.take('customers/fold-events')).toEqual([]);
  });

  it('travels in messages of at most 60 KB, in any script', async () => {
    const machine = memoryMachine();
    const batch = Array.from({ length: 20 }, () => aSoldReceipt(1, { data: { note: '店'.repeat(5_000) } }));

    await submit(machine, ...batch);

    const messages = machine.take<Messages['events.accepted']>('customers/fold-events');
    expect(messages.flatMap(({ events }) => events)).toHaveLength(20);
    expect(messages.length).toBeLessThan(10);
    for (const message of messages)
      expect(Buffer.byteLength(JSON.stringify(message))).toBeLessThanOrEqual(MESSAGE_BYTES);
  });

  it('names the key that sent it, and today’s version of what it says', async () => {
    const machine = memoryMachine();

    await submit(machine, aSoldReceipt(1));

    expect(waiting(machine)).toMatchObject([{ source: 'till', version: 1, receivedAt: NOW }]);
  });
});

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
    ['the same id, another type', aSubmission('page.viewed', { id: 'one' }), 'id'],
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

  it('without a receipt number is in conflict by its id', async () => {
    const machine = memoryMachine();
    const consent = aSubmission('consent.changed', { id: 'c' });
    await submit(machine, consent);

    const [result] = await submit(machine, { ...consent, data: { ...consent.data, status: 'withdrawn' } });

    expect(result).toMatchObject({ status: 'rejected', code: 'conflict', path: 'id' });
  });
});

describe('an identifier that is none', () => {
  it('is named, and the event is kept without it', async () => {
    const machine = memoryMachine();

    const results = await submit(
      machine,
      aSoldReceipt(100, { ids: { phone: '12', email: 'ada(at)x', device: 'd-1' } }),
    );

    expect(results).toMatchObject([
      {
        status: 'accepted',
        warnings: [
          { code: 'invalid-phone', path: 'ids.phone' },
          { code: 'invalid-email', path: 'ids.email' },
        ],
      },
    ]);
    const [event] = waiting(machine);
    expect(event?.profile).toBe(machine.keyring.profileId('device', 'd-1'));
    expect(event?.linked).toBeUndefined();
  });

  it('alone leaves a stranger', async () => {
    const machine = memoryMachine();

    await submit(machine, aSoldReceipt(100, { ids: { email: 'none' } }));

    expect(waiting(machine)[0]).not.toHaveProperty('profile');
  });
});

describe('the time of an event', () => {
  const at = (occurredAt: string, sentAt?: string) =>
    aSoldReceipt(100, { occurredAt, ...(sentAt && { sentAt }) });

  it.each([
    ['in 1970', at('1970-01-01T00:00:01Z'), 'occurred-too-early'],
    ['in year 0', at('0000-01-01T00:00:00Z'), 'occurred-too-early'],
    ['the day before history starts here', at('1999-12-31T22:59:59.999Z'), 'occurred-too-early'],
    [
      'before our era, by a sentAt far ahead',
      at('2026-03-14T10:00:00Z', '5000-01-01T00:00:00Z'),
      'occurred-too-early',
    ],
    ['long before our era', at('0001-01-01T00:00:00Z', '9999-01-01T00:00:00Z'), 'occurred-too-early'],
    ['more than a day ahead', at('2026-03-16T12:00:00.001Z'), 'occurred-in-future'],
    ['in 2099', at('2099-01-01T00:00:00Z'), 'occurred-in-future'],
    [
      'in a year of five digits, by a sentAt long ago',
      at('9999-12-31T23:59:59Z', '0001-01-01T00:00:00Z'),
      'occurred-in-future',
    ],
  ])('is refused: %s', async (_when, item, code) => {
    expect(await submit(memoryMachine(), item)).toMatchObject([
      { status: 'rejected', code, path: 'occurredAt' },
    ]);
  });

  it.each([
    ['on the first day of history', at('1999-12-31T23:00:00Z'), '2000-01-01'],
    ['a day ahead', at('2026-03-16T12:00:00Z'), '2026-03-16'],
    ['just after midnight of the stage', at('2026-03-13T23:00:00Z'), '2026-03-14'],
  ])('is taken: %s', async (_when, item, day) => {
    const machine = memoryMachine();

    await submit(machine, item);

    expect(waiting(machine).map((event) => isoFromDay(event.day))).toEqual([day]);
  });

  it('is corrected by as much as the clock that sent it is off', async () => {
    const machine = memoryMachine();
    const [fast, never] = ['2026-03-20T12:00:00Z', '1970-01-01T01:00:00Z'];

    await submit(machine, at('2026-03-20T11:00:00Z', fast), at('1970-01-01T00:30:00Z', never));

    expect(waiting(machine).map(({ occurredAt }) => occurredAt)).toEqual([
      '2026-03-15T11:00:00.000Z',
      '2026-03-15T11:30:00.000Z',
    ]);
  });
});

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

  it('is kept sealed, since nobody knows what is in it', async () => {
    const machine = memoryMachine();

    await submit(machine, { type: 'no.such', email: 'ada@example.com' });

    expect(machine.everyRow()).toContain('quarantine#unknown-type');
    expect(machine.everyRow()).not.toContain('ada@example.com');
  });
});

describe('a bus or store that fails', () => {
  it('takes nothing: nobody is told it was accepted, and a second try is no duplicate', async () => {
    const machine = memoryMachine();
    const items = [aSoldReceipt(100), { type: 'no.such' }];

    await expect(submit({ ...machine, bus: absentBus }, ...items)).rejects.toMatchObject({
      code: 'store-unavailable',
    });

    expect(await quarantined(machine)).toEqual({});
    expect(await submit(machine, ...items)).toMatchObject([{ status: 'accepted' }, { status: 'rejected' }]);
  });

  it('in the quarantine lets the sender ask again, and what was published is not taken twice', async () => {
    const machine = memoryMachine();
    const items = [aSoldReceipt(100), { type: 'no.such' }];

    await expect(submit({ ...machine, table: full(machine.table) }, ...items)).rejects.toMatchObject({
      code: 'store-unavailable',
    });

    expect(await submit(machine, ...items)).toMatchObject([{ status: 'duplicate' }, { status: 'rejected' }]);
    expect(waiting(machine)).toHaveLength(1);
  });

  it('in an unforeseen way is not mistaken for bad input', async () => {
    const machine = memoryMachine();
    const keyring = {
      ...machine.keyring,
      profileId: () => {
        throw new Died('the key is away');
      },
    };

    await expect(submit({ ...machine, keyring }, aSoldReceipt(1))).rejects.toBeInstanceOf(Died);
  });
});

describe('personal data', () => {
  const person = { name: 'Ada Vermeer', birthday: '1988-05-17', address: { street: 'Prinsengracht 263' } };
  const ids = { member: 'M-77001', phone: '+31612345678', email: 'Ada@Example.com', device: 'device-4711' };
  const secrets = [
    'Vermeer',
    '1988-05-17',
    'Prinsengracht',
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

  it('of somebody who gave no identifier is not kept at all', async () => {
    const machine = memoryMachine();

    await submit(machine, aSubmission('member.enrolled', { ids: {}, data: person }));

    const [event] = waiting(machine);
    expect(event).not.toHaveProperty('sealed');
    expect(event?.data).not.toHaveProperty('name');
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
