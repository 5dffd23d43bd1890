import { describe, expect, it } from 'vitest';
import { score } from '../../../../../shared/application/night/score.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { type NightStep, night } from '../../../../../shared/contracts/night.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { Died, dying } from '../../../../support/faults.ts';
import { memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { aNight, aShop, ask, RUN, reportOf, scoresOf, sleep, stepsOf } from './a-shop.ts';

const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((a, b) => a + b, 0);

describe('a night', () => {
  it('scores every customer once, and strangers never', async () => {
    const machine = await aNight();
    const scores = await scoresOf(machine);

    expect(scores.size).toBe(61);
    expect([...scores.keys()].every((id) => /^(member|device)_/.test(id))).toBe(true);
    expect(scores.get(machine.keyring.profileId('device', 'looked'))).toEqual({
      asOf: RUN.asOf,
      lifecycle: 'lead',
    });
    const best = scores.get(machine.keyring.profileId('member', 'M-11'));
    expect(best).toMatchObject({ asOf: RUN.asOf, rfm: { frequency: 5 }, tier: expect.any(String) });
  });

  it('reports counts that add up', async () => {
    const report = await reportOf(await aNight());

    expect(report).toMatchObject({ customers: 61, buyers: 60, scored: 61, moved: 61 });
    expect(sum(report.lifecycle)).toBe(61);
    for (const counts of [report.cells, report.tiers, report.grid]) expect(sum(counts)).toBe(60);
    expect(report.models).toHaveProperty('churn');
  });

  it('counts from its end on', async () => {
    const machine = memoryMachine();
    await aShop(machine);
    const steps = stepsOf(machine);

    for (const { step } of night.slice(0, -1)) await steps[step](RUN);
    expect(await ask(machine, 'listRuns')).toMatchObject({
      body: { runs: [{ asOf: RUN.asOf, status: 'running' }] },
    });
    expect((await ask(machine, 'listRuns')).body).not.toHaveProperty('current');

    await steps.publish(RUN);
    expect((await ask(machine, 'listRuns')).body).toMatchObject({
      current: RUN.asOf,
      runs: [{ status: 'done' }],
    });
  });

  it('writes more scores than one commit holds', async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      ...Array.from({ length: 230 }, (_, n) => aSubmission('page.viewed', { ids: { device: `d-${n}` } })),
    );

    await sleep(machine, { ...RUN, shards: 1 });

    expect((await scoresOf(machine)).size).toBe(230);
  });

  it('over nobody is a night all the same', async () => {
    const machine = memoryMachine();
    await sleep(machine);

    expect(await reportOf(machine)).toMatchObject({ customers: 0, scored: 0, moved: 0 });
  });
});

describe('a step done twice', () => {
  it.each(night.map(({ step }) => step))('changes nothing: %s', async (again: NightStep) => {
    const machine = memoryMachine();
    await aShop(machine);
    const steps = stepsOf(machine);
    for (const { step } of night) {
      await steps[step](RUN);
      if (step === again) await steps[step](RUN);
    }
    const plain = await aNight();

    expect(await scoresOf(machine)).toEqual(await scoresOf(plain));
    expect(await reportOf(machine)).toEqual(await reportOf(plain));
  });

  it('after it died in the middle ends the same', async () => {
    const machine = memoryMachine();
    await aShop(machine);
    const steps = stepsOf(machine);
    for (const step of ['open', 'snapshot', 'fit'] as const) await steps[step](RUN);

    await expect(
      score({ ...machine, table: dying(machine.table, 1, 'after') })(RUN, 0),
    ).rejects.toBeInstanceOf(Died);
    await steps.score(RUN);
    await steps.publish(RUN);

    expect(await scoresOf(machine)).toEqual(await scoresOf(await aNight()));
  });
});

describe('a second night', () => {
  it('of the same day moves nothing and writes no score', async () => {
    const machine = await aNight();
    const before = await machine.table.get(keys.score(machine.keyring.profileId('member', 'M-1')));

    await sleep(machine);

    expect(await reportOf(machine)).toMatchObject({ customers: 61, scored: 61, moved: 0 });
    expect(await machine.table.get(keys.score(machine.keyring.profileId('member', 'M-1')))).toEqual(before);
  });

  it('writes only the scores that moved, each with its own day', async () => {
    const machine = await aNight();
    await tell(machine, aSoldReceipt(90_000, { ids: { member: 'M-0' }, occurredAt: '2026-03-15T09:00:00Z' }));
    const next = { ...RUN, asOf: '2026-03-15' };

    await sleep(machine, next);

    const report = await reportOf(machine, next.asOf);
    const days = [...(await scoresOf(machine)).values()].map(({ asOf }) => asOf);
    expect(report.moved).toBeGreaterThan(0);
    expect(report.moved).toBeLessThan(61);
    expect(days.filter((day) => day === next.asOf)).toHaveLength(report.moved);
    expect(days).toHaveLength(61);
  });

  it('removes the score of a profile that became part of another customer', async () => {
    const machine = await aNight();
    const [older, younger] = [
      machine.keyring.profileId('member', 'M-11'),
      machine.keyring.profileId('device', 'looked'),
    ];
    await tell(
      machine,
      aSoldReceipt(1, { ids: { member: 'M-11', device: 'looked' }, occurredAt: '2026-03-14T09:00:00Z' }),
    );

    await sleep(machine);

    const scores = await scoresOf(machine);
    expect(scores.has(younger)).toBe(false);
    expect(scores.has(older)).toBe(true);
    expect(await reportOf(machine)).toMatchObject({ customers: 60, scored: 60 });
  });
});
