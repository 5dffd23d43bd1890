import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { files, readJson } from '../../../../../shared/application/night/files.ts';
import { fail, open } from '../../../../../shared/application/night/open.ts';
import { type NightReport, publish } from '../../../../../shared/application/night/publish.ts';
import { runsApi } from '../../../../../shared/application/night/runs-api.ts';
import { score } from '../../../../../shared/application/night/score.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { type NightStep, night } from '../../../../../shared/contracts/night.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import type { Item } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { Died, dying } from '../../../../support/faults.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { aShop, RUN, sleep, stepsOf } from './a-shop.ts';

async function aNight(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await aShop(machine);
  await sleep(machine);
  return machine;
}

const reportOf = async ({ table }: MemoryMachine, asOf = RUN.asOf) =>
  (await table.get(keys.run(asOf)))?.value['report'] as NightReport;

/** Scores by customer, without their versions. */
async function scoresOf({ table }: MemoryMachine): Promise<ReadonlyMap<string, Item['value']>> {
  const { items } = await table.scan({ table: 'customers', segment: 0, of: 1, limit: 1_000 });
  return new Map(items.filter(({ sk }) => sk === 'score').map(({ pk, value }) => [pk, value]));
}

async function ask(machine: MemoryMachine, name: 'listRuns' | 'getRun', asOf = '') {
  const caller = { kind: 'person', name: 'ops', roles: ['ops'] } as const;
  const { status, body } = await dispatch(runsApi(machine))(name, {
    params: { asOf },
    query: {},
    body: '',
    caller,
  });
  return { status, body: JSON.parse(body) };
}

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

describe('a night that does not add up', () => {
  const upToPublish = async (): Promise<MemoryMachine> => {
    const machine = memoryMachine();
    await aShop(machine);
    const steps = stepsOf(machine);
    for (const { step } of night.slice(0, -1)) await steps[step](RUN);
    return machine;
  };
  const copy = async ({ blob }: MemoryMachine, from: string, to: string) =>
    blob.write(to, [JSON.stringify(await readJson(blob, from))]);

  it('is refused where a shard was counted twice in the place of another', async () => {
    const machine = await upToPublish();
    const sizes = await Promise.all(
      [0, 1, 2].map(
        async (shard) => (await readJson<{ scored: number }>(machine.blob, files.tally(RUN, shard))).scored,
      ),
    );
    const other = sizes.findIndex((size) => size !== sizes[0]);
    expect(other).toBeGreaterThan(0);
    await copy(machine, files.tally(RUN, 0), files.tally(RUN, other));

    await expect(publish(machine)(RUN)).rejects.toMatchObject({ code: 'night-does-not-add-up' });
    expect(await machine.table.get(keys.currentRun())).toBeUndefined();
  });

  it('is refused where a shard was never scored', async () => {
    const machine = memoryMachine();
    await aShop(machine);
    const steps = stepsOf(machine);
    for (const step of ['open', 'snapshot', 'fit'] as const) await steps[step](RUN);
    await score(machine)(RUN, 0);
    await score(machine)(RUN, 1);

    await expect(publish(machine)(RUN)).rejects.toMatchObject({ code: 'not-found' });
  });

  it('is refused where a shard’s count is an empty file', async () => {
    const machine = await upToPublish();
    await machine.blob.write(files.tally(RUN, 1), []);

    await expect(publish(machine)(RUN)).rejects.toThrow(/tallies\/00001.json is empty/);
  });
});

describe('the date of a night', () => {
  it('in the future is refused', async () => {
    const machine = memoryMachine();

    await expect(open(machine)({ asOf: '2026-03-16', shards: 3 })).rejects.toMatchObject({
      code: 'as-of-in-future',
      path: 'asOf',
    });
    expect(await machine.table.get(keys.run('2026-03-16'))).toBeUndefined();
  });

  it('is today where the stage is, not where the clock is', async () => {
    const machine = memoryMachine({ zone: 'Pacific/Kiritimati' });

    await open(machine)({ asOf: '2026-03-16', shards: 3 });

    expect(await machine.table.get(keys.run('2026-03-16'))).toMatchObject({ value: { status: 'running' } });
  });
});

describe('a night that failed', () => {
  it('says why, and the one before it keeps counting', async () => {
    const machine = await aNight();
    const next = { ...RUN, asOf: '2026-03-15' };
    await open(machine)(next);

    await fail(machine)(next, 'score: disk full');

    expect((await ask(machine, 'getRun', next.asOf)).body).toMatchObject({
      status: 'failed',
      reason: 'score: disk full',
    });
    expect((await ask(machine, 'listRuns')).body).toMatchObject({ current: RUN.asOf });
  });

  it('when it is done again keeps what it had found before', async () => {
    const machine = await aNight();
    const report = await reportOf(machine);

    await open(machine)(RUN);
    await fail(machine)(RUN, 'fit: no such file');

    expect((await ask(machine, 'getRun', RUN.asOf)).body).toMatchObject({ status: 'failed', report });
    await sleep(machine);
    const { body } = await ask(machine, 'getRun', RUN.asOf);
    expect(body).toMatchObject({ status: 'done' });
    expect(body).not.toHaveProperty('reason');
  });

  it('before it was opened is kept all the same', async () => {
    const machine = memoryMachine();

    await fail(machine)(RUN, 'open: store away');

    expect((await ask(machine, 'getRun', RUN.asOf)).body).toMatchObject({
      status: 'failed',
      shards: 3,
      startedAt: expect.any(String),
    });
  });
});

describe('the runs', () => {
  it('are listed newest first, without their reports, and shown one by one with it', async () => {
    const machine = await aNight();
    await sleep(machine, { ...RUN, asOf: '2026-03-15' });

    const { body: list } = await ask(machine, 'listRuns');
    const { body: one } = await ask(machine, 'getRun', '2026-03-15');

    expect(list.runs.map(({ asOf }: { asOf: string }) => asOf)).toEqual(['2026-03-15', '2026-03-14']);
    expect(list.runs[0]).not.toHaveProperty('report');
    expect(one).toHaveProperty('report.customers', 61);
    expect(routes.listRuns.answer.safeParse(list).success).toBe(true);
    expect(routes.getRun.answer.safeParse(one).success).toBe(true);
  });

  it('do not hold one that never was', async () => {
    expect(await ask(memoryMachine(), 'getRun', '2026-03-15')).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });
});
