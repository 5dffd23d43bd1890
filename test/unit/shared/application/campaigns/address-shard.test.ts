import { describe, expect, it } from 'vitest';
import { addressShard } from '../../../../../shared/application/campaigns/address-shard.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { addsUp } from '../../../../../shared/domain/campaigns/report.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { aSender } from '../../../../support/faults.ts';
import { memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { aBroadcast, aStage, ask, due, enrol, reportOf, run } from './a-stage.ts';

describe('a campaign that runs', () => {
  it('ends in a report that adds up: everybody is sent to, held out, or refused for a reason', async () => {
    const machine = memoryMachine();
    const email = (n: number) => ({ member: `M-${n}`, email: `m${n}@example.com` });
    await enrol(
      machine,
      { ...email(1), emailConsent: 'granted' },
      { ...email(2), emailConsent: 'withdrawn' },
      email(3),
      { ...email(4), smsConsent: 'granted' },
      { member: 'M-5', emailConsent: 'granted' },
      { ...email(6), emailConsent: 'granted' },
    );
    await machine.table.commit([
      {
        put: keys.suppression(machine.keyring.profileId('email', 'm6@example.com')),
        value: { reason: 'bounce' },
      },
    ]);
    await ask(machine, 'putCampaign', { body: aBroadcast() });

    await run(machine);

    const { campaign, status, shards, ...report } = await reportOf(machine);
    expect({ campaign, status, shards }).toEqual({
      campaign: 'spring',
      status: 'done',
      shards: { done: 3, of: 3 },
    });
    expect(report).toEqual({
      audience: 6,
      sent: 1,
      heldOut: 0,
      refused: { 'consent-withdrawn': 1, 'no-consent': 2, 'no-address': 1, suppressed: 1 },
      feedback: { bounced: 0, complained: 0 },
    });
    expect(addsUp(report)).toBe(true);
  });

  it('is done only when its last shard is', async () => {
    const machine = await aStage(9);
    await ask(machine, 'runCampaign');
    const address = addressShard(machine);
    const [first, second, third] = due(machine);

    for (const [shard, done] of [
      [first, 1],
      [second, 2],
    ] as const) {
      if (shard !== undefined) await address(shard);
      expect(await reportOf(machine)).toMatchObject({ status: 'running', shards: { done, of: 3 } });
    }
    if (third !== undefined) await address(third);
    expect(await reportOf(machine)).toMatchObject({ status: 'done', audience: 9, sent: 9 });
  });

  it('writes to people by the name that the vault keeps, and to nobody else', async () => {
    const machine = memoryMachine();
    const { given, senders } = aSender();
    await enrol(
      machine,
      { member: 'M-1', name: 'Grace  Hopper', email: 'grace@example.com', emailConsent: 'granted' },
      { member: 'M-2' },
    );
    await tell(machine, aSoldReceipt(100, { ids: {} }));
    await ask(machine, 'putCampaign', { body: aBroadcast() });

    await run({ ...machine, senders });

    expect(given).toMatchObject([
      {
        campaign: 'spring',
        channel: 'email',
        to: 'grace@example.com',
        body: expect.stringContaining('Grace Hopper'),
      },
    ]);
  });

  it('refuses who would get a message that is none', async () => {
    const machine = await aStage(1, { channel: 'sms', template: { body: '{{ name | default: "Hi" }}' } });
    await enrol(machine, {
      member: 'M-9',
      name: 'x'.repeat(200),
      phone: '+31612345678',
      smsConsent: 'granted',
    });
    await ask(machine, 'putCampaign', {
      body: aBroadcast({
        channel: 'sms',
        template: {
          body: '{{ name | default: "Hi" }}{{ name | default: "Hi" }}{{ name | default: "Hi" }}{{ name | default: "Hi" }}',
        },
      }),
    });

    await run(machine);

    expect(await reportOf(machine)).toMatchObject({
      sent: 0,
      refused: { 'no-address': 1, 'too-many-parts': 1 },
    });
  });
});

describe('running a campaign again', () => {
  it('reaches nobody twice, and the report says the same', async () => {
    const machine = await aStage(20, { holdout: 0.2 });
    const { given, senders } = aSender();
    await run({ ...machine, senders });
    const first = await reportOf(machine);
    machine.setClock('2026-04-15T12:00:00.000Z');

    await run({ ...machine, senders });

    expect(given).toHaveLength(first.sent);
    expect(await reportOf(machine)).toEqual(first);
  });

  it('reaches who came since', async () => {
    const machine = await aStage(3);
    await run(machine);
    machine.setClock('2026-03-16T12:00:00.000Z');
    await enrol(machine, { member: 'M-new', email: 'new@example.com', emailConsent: 'granted' });

    await run(machine);

    expect(await reportOf(machine)).toMatchObject({ status: 'done', audience: 4, sent: 4 });
  });

  it('is running until all its shards are done again', async () => {
    const machine = await aStage(9);
    await run(machine);
    machine.setClock('2026-03-16T12:00:00.000Z');

    await ask(machine, 'runCampaign');
    expect(await reportOf(machine)).toMatchObject({ status: 'running', shards: { done: 0, of: 3 } });
    const [first] = due(machine);
    if (first !== undefined) await addressShard(machine)(first);

    expect(await reportOf(machine)).toMatchObject({ status: 'running', shards: { done: 1, of: 3 } });
  });

  it('on a stage cut into fewer shards counts nobody twice', async () => {
    const machine = await aStage(9);
    await run(machine);
    machine.setClock('2026-03-16T12:00:00.000Z');

    await run({ ...machine, stage: { ...machine.stage, shards: 2 } });

    expect(await reportOf(machine)).toMatchObject({
      status: 'done',
      audience: 9,
      sent: 9,
      shards: { done: 2, of: 2 },
    });
  });

  it('does not write again to somebody who was joined with an older profile meanwhile', async () => {
    const machine = await aStage(1);
    const { given, senders } = aSender();
    await tell(machine, aSoldReceipt(1, { ids: { device: 'old' }, occurredAt: '2025-01-01T10:00:00Z' }));
    await run({ ...machine, senders });
    await tell(machine, aSoldReceipt(1, { ids: { member: 'M-0', device: 'old' } }));
    machine.setClock('2026-03-16T12:00:00.000Z');

    await run({ ...machine, senders });

    expect(given).toHaveLength(1);
    expect(await reportOf(machine)).toMatchObject({ audience: 1, sent: 1, refused: {} });
  });

  it('in a message that comes twice at once sends once', async () => {
    const machine = await aStage(30);
    const { given, senders } = aSender();
    await ask(machine, 'runCampaign');
    const address = addressShard({ ...machine, senders });
    const messages = due(machine);

    await Promise.all([...messages, ...messages].map(address));

    expect(given).toHaveLength(30);
    expect(new Set(given.map(({ to }) => to)).size).toBe(30);
  });
});

describe('a message about a campaign', () => {
  it('that was never set running sends nothing', async () => {
    const machine = await aStage(3);
    const { given, senders } = aSender();

    await addressShard({ ...machine, senders })({ campaign: 'spring', shard: 0, of: 1 });

    expect(given).toEqual([]);
    expect(await reportOf(machine)).toMatchObject({ status: 'draft', audience: 0 });
  });

  it('that is not there is not found', async () => {
    await expect(addressShard(memoryMachine())({ campaign: 'none', shard: 0, of: 1 })).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});
