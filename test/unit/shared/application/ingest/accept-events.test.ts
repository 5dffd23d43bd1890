import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { MESSAGE_BYTES, type Messages } from '../../../../../shared/contracts/messages.ts';
import { isoFromDay } from '../../../../../shared/domain/kernel/day.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { absentBus, Died, full } from '../../../../support/faults.ts';
import { memoryMachine, NOW, submit, waiting } from '../../../../support/memory-machine.ts';

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

  it('in the money of the stage is taken however its code is written', async () => {
    const results = await submit(
      memoryMachine(),
      ...['EUR', 'eur', 'USD'].map((currency) => aSoldReceipt(100, { data: { currency } })),
    );

    expect(results).toMatchObject([
      { status: 'accepted' },
      { status: 'accepted' },
      { status: 'rejected', code: 'foreign-currency', path: 'data.currency' },
    ]);
  });

  it('is a close of its own day or of one of the 45 before, since no other is compared', async () => {
    const days = ['2026-03-15', '2026-03-14', '2026-01-28', '2026-01-27', '2026-03-16', '9999-12-31'];
    const results = await submit(
      memoryMachine(),
      ...days.map((day) =>
        aSubmission('till.closed', { occurredAt: '2026-03-14T19:00:00Z', id: undefined, data: { day } }),
      ),
    );

    const refused = { status: 'rejected', code: 'day-too-far', path: 'data.day' };
    const taken = { status: 'accepted' };
    expect(results).toMatchObject([taken, taken, taken, refused, refused, refused]);
  });

  it('is told what is wrong by the names of the sender: a CloudEvent has a time and no occurredAt', async () => {
    const attributes = { specversion: '1.0', id: '1', source: '/shop', type: 'page.viewed' };

    const results = await submit(
      memoryMachine(),
      { ...attributes, time: '2099-01-01T00:00:00Z', data: { path: '/' } },
      { ...attributes, time: '2026-03-14t10:15:00z', data: { path: '/' } },
      aSoldReceipt(1, { occurredAt: '2099-01-01T00:00:00Z' }),
    );

    expect(results).toMatchObject([
      { code: 'occurred-in-future', path: 'time', detail: expect.stringMatching(/^time: /) },
      { code: 'invalid-field', path: 'time' },
      { code: 'occurred-in-future', path: 'occurredAt' },
    ]);
  });

  it('is told that a time was corrected by sentAt, since nobody sent the one that is named', async () => {
    const results = await submit(
      memoryMachine(),
      aSoldReceipt(1, { occurredAt: NOW, sentAt: '2099-01-01T00:00:00Z' }),
      aSoldReceipt(1, { occurredAt: NOW, sentAt: '2016-01-01T00:00:00Z' }),
      aSoldReceipt(1, { occurredAt: '1999-01-01T00:00:00Z' }),
    );

    expect(results).toMatchObject([
      { code: 'occurred-too-early', detail: expect.stringContaining('corrected by sentAt') },
      { code: 'occurred-in-future', detail: expect.stringContaining('corrected by sentAt') },
      { code: 'occurred-too-early', detail: expect.not.stringContaining('sentAt') },
    ]);
  });

  it('is told to send in parts what can be sent in parts, and nothing else', async () => {
    const [receipt, member] = await submit(
      memoryMachine(),
      aSoldReceipt(1, { data: { note: 'x'.repeat(40_000) } }),
      aSubmission('member.updated', { data: { note: 'x'.repeat(40_000) } }),
    );

    expect(receipt).toMatchObject({ code: 'event-too-large', detail: expect.stringContaining('in parts') });
    expect(member).toMatchObject({ code: 'event-too-large', detail: expect.not.stringContaining('parts') });
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

  it('says whether a till wrote any of it, so that browsing is not carried to the watch of tills', async () => {
    const machine = memoryMachine();

    await submit(machine, aSubmission('product.viewed', { id: 'v1' }), aSubmission('consent.changed'));
    await submit(machine, aSubmission('product.viewed', { id: 'v2' }), aSoldReceipt(1));

    const messages = machine.take<Messages['events.accepted']>('customers/fold-events');
    expect(messages.map(({ about }) => about)).toEqual([undefined, 'tills']);
  });

  it('names the key that sent it, and today’s version of what it says', async () => {
    const machine = memoryMachine();

    await submit(machine, aSoldReceipt(1));

    expect(waiting(machine)).toMatchObject([{ source: 'till', version: 1, receivedAt: NOW }]);
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
