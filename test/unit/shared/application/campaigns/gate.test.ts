import { describe, expect, it } from 'vitest';
import { addressShard } from '../../../../../shared/application/campaigns/address-shard.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { aSender, losing } from '../../../../support/faults.ts';
import { memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { aBroadcast, aStage, ask, due, enrol, reportOf, run } from './a-stage.ts';

describe('the frequency cap', () => {
  const campaigns = ['a', 'b', 'c'];

  it('counts over all campaigns, and lets go with time', async () => {
    const machine = memoryMachine({ frequencyCap: { messages: 2, days: 7 } });
    await enrol(machine, { member: 'M-1', email: 'a@example.com', emailConsent: 'granted' });
    for (const id of [...campaigns, 'd']) await ask(machine, 'putCampaign', { id, body: aBroadcast() });

    for (const id of campaigns) await run(machine, id);
    machine.setClock('2026-03-22T12:00:00.001Z');
    await run(machine, 'd');

    const reports = await Promise.all([...campaigns, 'd'].map((id) => reportOf(machine, id)));
    expect(reports.map(({ sent, refused }) => ({ sent, refused }))).toEqual([
      { sent: 1, refused: {} },
      { sent: 1, refused: {} },
      { sent: 0, refused: { 'frequency-cap': 1 } },
      { sent: 1, refused: {} },
    ]);
  });

  it('holds where two campaigns meet at one customer', async () => {
    const machine = memoryMachine({ frequencyCap: { messages: 1, days: 7 } });
    await enrol(machine, { member: 'M-1', email: 'a@example.com', emailConsent: 'granted' });
    const { given, senders } = aSender();
    for (const id of campaigns) {
      await ask(machine, 'putCampaign', { id, body: aBroadcast() });
      await ask(machine, 'runCampaign', { id });
    }

    await Promise.all(due(machine).map(addressShard({ ...machine, senders })));

    expect(given).toHaveLength(1);
    const reports = await Promise.all(campaigns.map((id) => reportOf(machine, id)));
    expect(reports.map(({ sent }) => sent).sort()).toEqual([0, 0, 1]);
  });

  it('goes on counting for somebody who was joined with an older profile', async () => {
    const machine = memoryMachine({ frequencyCap: { messages: 1, days: 7 } });
    await enrol(machine, { member: 'M-1', email: 'a@example.com', emailConsent: 'granted' });
    for (const id of campaigns) await ask(machine, 'putCampaign', { id, body: aBroadcast() });
    await run(machine, 'a');
    await tell(machine, aSoldReceipt(1, { ids: { device: 'old' }, occurredAt: '2025-01-01T10:00:00Z' }));
    await tell(machine, aSoldReceipt(1, { ids: { member: 'M-1', device: 'old' } }));

    await run(machine, 'b');

    expect(await reportOf(machine, 'b')).toMatchObject({ audience: 1, refused: { 'frequency-cap': 1 } });
  });
});

describe('the hold-out', () => {
  it('is the share that was asked for, gets nothing, and costs nobody a message of another campaign', async () => {
    const machine = await aStage(200, { holdout: 0.25 });
    const { given, senders } = aSender();

    await run({ ...machine, senders });

    const { audience, sent, heldOut } = await reportOf(machine);
    expect(audience).toBe(200);
    expect(given).toHaveLength(sent);
    expect(sent + heldOut).toBe(200);
    // Binomial: 50 expected, standard deviation 6.1; four of them on either side.
    expect(Math.abs(heldOut - 50)).toBeLessThan(25);
  });

  it('loses a race against itself and stays held out', async () => {
    const machine = await aStage(8, { holdout: 0.5 });
    await ask(machine, 'runCampaign');
    const table = losing(machine.table, 1, 2, 3, 4, 5, 6, 7, 8);

    for (const message of due(machine)) await addressShard({ ...machine, table })(message);

    const { audience, sent, heldOut } = await reportOf(machine);
    expect({ audience, all: sent + heldOut }).toEqual({ audience: 8, all: 8 });
    expect(heldOut).toBeGreaterThan(0);
  });
});
