import { beforeEach, describe, expect, it } from 'vitest';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { outboxSender } from '../../shared/adapters/outbox-sender.ts';
import { readOutbox } from '../../shared/application/campaigns/read-outbox.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { type Sight, sights } from '../../shared/domain/customers/mask.ts';
import type { CustomerId } from '../../shared/domain/kernel/ids.ts';
import type { Keyring } from '../../shared/ports/keyring.ts';
import type { Outgoing, Sender } from '../../shared/ports/sender.ts';
import type { Table } from '../../shared/ports/table.ts';
import { type ManualClock, manualClock } from '../contract/manual-clock.ts';

let clock: ManualClock;
let table: Table;
let ring: Keyring;
let sender: Sender;
let zoe: CustomerId;
let max: CustomerId;

beforeEach(() => {
  clock = manualClock();
  table = sqliteTable(openDatabase(':memory:', { durable: false }), clock.now);
  ring = keyring({ master: new Uint8Array(32), table });
  sender = outboxSender({ table, keyring: ring, clock: clock.now });
  zoe = ring.profileId('email', 'zoe@example.com');
  max = ring.profileId('email', 'max@example.com');
});

const message = (customer: CustomerId, more: Partial<Outgoing> = {}): Outgoing => ({
  campaign: 'spring',
  customer,
  channel: 'email',
  to: 'zoe@example.com',
  subject: 'Hello',
  body: 'Dear Zoë',
  ...more,
});

const readAll = (
  page: { limit: number; cursor?: string | undefined } = { limit: 10 },
  sight: Sight = sights.privacy,
) => readOutbox({ table, keyring: ring }, 'spring', page, sight);

describe('a message that went to the outbox', () => {
  it('can be read with its address and text', async () => {
    const sent = await sender.send(message(zoe));

    expect(sent).toEqual({ status: 'sent', reference: `outbox/spring/${zoe}` });
    expect(await readAll()).toEqual({
      messages: [
        {
          customer: zoe,
          at: '2026-03-01T12:00:00.000Z',
          channel: 'email',
          to: 'zoe@example.com',
          subject: 'Hello',
          body: 'Dear Zoë',
        },
      ],
    });
  });

  it('shows as much of the address as whoever reads may see', async () => {
    await sender.send(message(zoe));
    await sender.send(message(max, { channel: 'sms', to: '+31612345678' }));

    const addressesFor = async (sight: Sight) =>
      (await readAll({ limit: 10 }, sight)).messages.map(({ to }) => to).sort();

    expect(await addressesFor(sights.marketer)).toEqual(['+31*******78', 'z**@example.com']);
    expect(await addressesFor(sights.ops)).toEqual([undefined, undefined]);
  });

  it('needs no subject', async () => {
    const { subject: _, ...sms } = message(zoe, { channel: 'sms', to: '+31612345678' });
    await sender.send(sms);

    const { messages } = await readAll();
    expect(messages).toMatchObject([{ channel: 'sms', to: '+31612345678', body: 'Dear Zoë' }]);
  });

  it('is kept sealed: nothing in the table names the customer', async () => {
    await sender.send(message(zoe));

    const kept = await table.get(keys.sentMessage('spring', zoe));
    expect(JSON.stringify(kept)).not.toMatch(/example|Zoë|Hello/);
  });

  it('stays as it was when it is sent again, and answers alike', async () => {
    const first = await sender.send(message(zoe));
    clock.advance(60);

    expect(await sender.send(message(zoe, { body: 'changed' }))).toEqual(first);

    const { messages } = await readAll();
    expect(messages).toMatchObject([{ at: '2026-03-01T12:00:00.000Z', body: 'Dear Zoë' }]);
  });

  it('answers as erased when its customer is forgotten, and the others stay', async () => {
    await sender.send(message(zoe));
    await sender.send(message(max));
    await sender.send(message(zoe, { campaign: 'summer' }));

    await ring.forget(zoe);
    await ring.seal(zoe, 'a new beginning');

    const { messages } = await readAll();
    expect(messages.find(({ customer }) => customer === zoe)).toEqual({
      customer: zoe,
      at: '2026-03-01T12:00:00.000Z',
      channel: 'email',
      erased: true,
    });
    expect(messages.find(({ customer }) => customer === max)).toMatchObject({ body: 'Dear Zoë' });
  });

  it('is an error when it was changed', async () => {
    await sender.send(message(zoe));
    const kept = await table.get(keys.sentMessage('spring', zoe));
    const value = { ...kept?.value, sealed: `${String(kept?.value['sealed'])}AAAA` };
    await table.commit([{ put: keys.sentMessage('spring', zoe), value }]);

    const reading = readAll();

    await expect(reading).rejects.toMatchObject({ code: 'cannot-open' });
  });
});

describe('a long outbox', () => {
  it('is read in pages', async () => {
    for (let index = 0; index < 5; index += 1)
      await sender.send(message(ring.profileId('member', `${index}`)));

    const first = await readAll({ limit: 3 });
    const second = await readAll({ limit: 3, cursor: first.cursor });

    expect(new Set([...first.messages, ...second.messages].map(({ customer }) => customer)).size).toBe(5);
    expect(second.cursor).toBeUndefined();
  });
});

describe('a table that cannot write', () => {
  it('makes sending throw, so that it is tried again', async () => {
    const broken: Table = { ...table, commit: () => Promise.reject(new Error('the disk is full')) };

    const sending = outboxSender({ table: broken, keyring: ring, clock: clock.now }).send(message(zoe));

    await expect(sending).rejects.toThrow('the disk is full');
  });
});
