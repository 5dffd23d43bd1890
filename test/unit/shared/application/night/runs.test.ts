import { describe, expect, it } from 'vitest';
import { fail, open } from '../../../../../shared/application/night/open.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { memoryMachine } from '../../../../support/memory-machine.ts';
import { aNight, ask, RUN, reportOf, sleep } from './a-shop.ts';

describe('the date of a night', () => {
  it.each([
    ['in the future', '2026-03-16', 'as-of-in-future'],
    ['before all history, which would leave nobody a score', '1999-01-01', 'as-of-too-early'],
  ])('%s is refused', async (_when, asOf, code) => {
    const machine = memoryMachine();

    await expect(open(machine)({ asOf, shards: 3 })).rejects.toMatchObject({ code, path: 'asOf' });
    expect(await machine.table.get(keys.run(asOf))).toBeUndefined();
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
