import { describe, expect, it } from 'vitest';
import { takeFeedback } from '../../../../../shared/application/campaigns/take-feedback.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { Feedback } from '../../../../../shared/domain/campaigns/feedback.ts';
import type { CustomerId, Slug } from '../../../../../shared/domain/kernel/ids.ts';
import type { Table } from '../../../../../shared/ports/table.ts';
import type { MemoryMachine } from '../../../../support/memory-machine.ts';
import { aBroadcast, aStage, ask, reportOf, run } from './a-stage.ts';

const at = '2026-03-16T08:00:00.000Z';
const spring = 'spring' as Slug;
const addressOf = (n: number): string => `m${n}@example.com`;

/** Of profiles that were first seen together, the member number gives the customer its id. */
const idOf = (machine: MemoryMachine, n: number): CustomerId => machine.keyring.profileId('member', `M-${n}`);

/** Feedback to the message that member n got. */
const about = (
  machine: MemoryMachine,
  n: number,
  kind: Feedback['kind'],
  change: Partial<Feedback> = {},
): Feedback => ({
  kind,
  at,
  closed: [addressOf(n)],
  message: { campaign: spring, customer: idOf(machine, n) },
  ...change,
});

const suppressionOf = (machine: MemoryMachine, n: number) =>
  machine.table.get(keys.suppression(machine.keyring.profileId('email', addressOf(n))));

describe('what comes back of a campaign', () => {
  it('shows in its report, beside counts that still add up', async () => {
    const machine = await aStage(4);
    await run(machine);
    const take = takeFeedback(machine);

    await take(about(machine, 0, 'bounced'));
    await take(about(machine, 1, 'complained'));

    expect(await reportOf(machine)).toMatchObject({
      audience: 4,
      sent: 4,
      feedback: { bounced: 1, complained: 1 },
    });
  });

  it('closes the address to every later message, with the first reason', async () => {
    const machine = await aStage(2);
    await run(machine);
    await takeFeedback(machine)(about(machine, 0, 'bounced'));
    await takeFeedback(machine)(about(machine, 0, 'complained'));
    await ask(machine, 'putCampaign', { id: 'summer', body: aBroadcast({ name: 'Summer' }) });

    await run(machine, 'summer');

    expect((await suppressionOf(machine, 0))?.value).toEqual({ reason: 'bounced', at });
    expect(await reportOf(machine, 'summer')).toMatchObject({ sent: 1, refused: { suppressed: 1 } });
  });

  it('closes nothing where it may work another time', async () => {
    const machine = await aStage(1);
    await run(machine);

    await takeFeedback(machine)(about(machine, 0, 'bounced', { closed: [] }));

    expect(await suppressionOf(machine, 0)).toBeUndefined();
    expect((await reportOf(machine)).feedback).toEqual({ bounced: 1, complained: 0 });
  });

  it('counts once, however often it is delivered, and by however many at a time', async () => {
    const machine = await aStage(6);
    await run(machine);
    const take = takeFeedback(machine);
    const told = [0, 1, 2, 3].map((n) => about(machine, n, 'bounced'));

    await Promise.all([...told, ...told, ...told].map(take));

    expect((await reportOf(machine)).feedback).toEqual({ bounced: 4, complained: 0 });
  });

  it('adds up, also of more customers than there are items to count in', async () => {
    const machine = await aStage(17);
    await run(machine);
    for (let n = 0; n < 17; n += 1) await takeFeedback(machine)(about(machine, n, 'bounced'));

    expect((await reportOf(machine)).feedback).toEqual({ bounced: 17, complained: 0 });
  });

  it('is left to be told again where others were faster every time, and names the campaign', async () => {
    const machine = await aStage(1);
    await run(machine);
    const table: Table = { ...machine.table, commit: async () => ({ ok: false, failed: [0] }) };
    const take = takeFeedback({ ...machine, table });
    const { message: _untagged, ...bare } = about(machine, 0, 'bounced');

    await expect(take(about(machine, 0, 'bounced'))).rejects.toMatchObject({
      code: 'too-many-conflicts',
      retryable: true,
      message: expect.stringContaining('spring'),
    });
    await expect(take(bare)).rejects.toThrow('no campaign');
    expect(await suppressionOf(machine, 0)).toBeUndefined();
  });

  it('closes the address also where the message was not one of ours', async () => {
    const machine = await aStage(1);
    await run(machine);
    const { message: _untagged, ...bare } = about(machine, 0, 'complained');

    await takeFeedback(machine)(bare);
    await takeFeedback(machine)(
      about(machine, 0, 'bounced', {
        message: { campaign: 'winter' as Slug, customer: idOf(machine, 0) },
      }),
    );

    expect((await suppressionOf(machine, 0))?.value).toMatchObject({ reason: 'complained' });
    expect((await reportOf(machine)).feedback).toEqual({ bounced: 0, complained: 0 });
  });

  it('may be quicker than the word that the message went out, and stays', async () => {
    const machine = await aStage(1);
    const quick: MemoryMachine = {
      ...machine,
      senders: {
        ...machine.senders,
        email: {
          async send() {
            await takeFeedback(machine)(about(machine, 0, 'bounced'));
            return { status: 'sent', reference: 'r-1' };
          },
        },
      },
    };

    await run(quick);

    const touch = await machine.table.get(keys.touch(idOf(machine, 0), spring));
    expect(touch?.value).toMatchObject({ state: 'bounced' });
    expect(await reportOf(machine)).toMatchObject({ sent: 1, feedback: { bounced: 1 } });
  });
});
