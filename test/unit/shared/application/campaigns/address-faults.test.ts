import { describe, expect, it } from 'vitest';
import { addressShard } from '../../../../../shared/application/campaigns/address-shard.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import type { Table } from '../../../../../shared/ports/table.ts';
import { alwaysLosing, aSender, Died, dying } from '../../../../support/faults.ts';
import { addressWaiting } from '../../../../support/memory-machine.ts';
import { aStage, ask, due, reportOf, run } from './a-stage.ts';

describe('a process that dies while sending', () => {
  it('between claim and send leaves it interrupted: nobody knows, and it is not sent again', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender();
    await ask(machine, 'runCampaign');
    const messages = due(machine);
    for (const message of messages) {
      const dead = { ...machine, senders, table: dying(machine.table, 1, 'after') };
      await expect(addressShard(dead)(message)).rejects.toBeInstanceOf(Died);
    }

    for (const message of messages) await addressShard({ ...machine, senders })(message);

    expect(given).toEqual([]);
    expect(await reportOf(machine)).toMatchObject({
      status: 'done',
      audience: 1,
      sent: 0,
      refused: { interrupted: 1 },
    });
  });

  it('after sending does not send again either', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender();
    await ask(machine, 'runCampaign');
    const messages = due(machine);
    for (const message of messages) {
      const dead = { ...machine, senders, table: dying(machine.table, 2, 'before') };
      await addressShard(dead)(message).catch((error: unknown) => expect(error).toBeInstanceOf(Died));
    }
    expect(given).toHaveLength(1);

    for (const message of messages) await addressShard({ ...machine, senders })(message);

    expect(given).toHaveLength(1);
    expect(await reportOf(machine)).toMatchObject({ audience: 1, sent: 0, refused: { interrupted: 1 } });
  });
});

describe('a sender', () => {
  it('that refuses gives the reason, for good', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender(async () => ({ status: 'refused', reason: 'mailbox-unknown' }));

    await run({ ...machine, senders });
    machine.setClock('2026-03-16T12:00:00.000Z');
    await run({ ...machine, senders });

    expect(given).toHaveLength(1);
    expect(await reportOf(machine)).toMatchObject({ sent: 0, refused: { 'mailbox-unknown': 1 } });
  });

  it('that is away fails its shard, so that the rest is tried again', async () => {
    const machine = await aStage(1);
    const { senders } = aSender(() => Promise.reject(new StoreUnavailable('throttled')));
    await ask(machine, 'runCampaign');

    await expect(addressWaiting({ ...machine, senders })).rejects.toMatchObject({
      code: 'store-unavailable',
    });

    expect(await reportOf(machine)).toMatchObject({ status: 'running' });
  });
});

describe('a ledger', () => {
  it('whose readers are behind its writers still lets nobody be written to twice', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender();
    await run({ ...machine, senders });
    const getMany: Table['getMany'] = async (keys) =>
      (await machine.table.getMany(keys)).map((item) => (item?.sk.startsWith('touch#') ? undefined : item));
    await ask(machine, 'runCampaign');
    const address = addressShard({ ...machine, senders, table: { ...machine.table, getMany } });

    const outcomes = await Promise.allSettled(due(machine).map(address));

    expect(given).toHaveLength(1);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'too-many-conflicts' } },
    ]);
  });

  it('that is never free is given up, and nothing is sent', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender();
    await ask(machine, 'runCampaign');
    const address = addressShard({ ...machine, senders, table: alwaysLosing(machine.table) });

    const outcomes = await Promise.allSettled(due(machine).map(address));

    expect(outcomes.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'too-many-conflicts' } },
    ]);
    expect(given).toEqual([]);
  });
});
