import { describe, expect, it } from 'vitest';
import { checkNight } from '../../../../../shared/application/night/check.ts';
import { fail, open } from '../../../../../shared/application/night/open.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { type MemoryMachine, memoryMachine } from '../../../../support/memory-machine.ts';
import { aNight, RUN, sleep } from './a-shop.ts';

/** 05:59 and 06:00 in Amsterdam on the day after RUN.asOf, before summer time. */
const BEFORE = '2026-03-15T04:59:00.000Z';
const AFTER = '2026-03-15T05:00:00.000Z';

const checked = (machine: MemoryMachine, instant = AFTER) => checkNight(machine)(instant);

describe('a night', () => {
  it('is done when its results count', async () => {
    expect(await checked(await aNight())).toEqual({ asOf: RUN.asOf, status: 'done', late: false });
  });

  it('is done when those of a later day count already', async () => {
    const machine = await aNight();
    await sleep(machine, { ...RUN, asOf: '2026-03-15' });

    expect(await checked(machine)).toMatchObject({ asOf: RUN.asOf, status: 'done' });
  });

  it('is done while it is done again', async () => {
    const machine = await aNight();
    await open(machine)(RUN);

    expect(await checked(machine)).toMatchObject({ status: 'done', late: false });
  });

  it('is running from its opening on', async () => {
    const machine = memoryMachine();
    await open(machine)(RUN);

    expect(await checked(machine)).toEqual({ asOf: RUN.asOf, status: 'running', late: true });
  });

  it('has failed when that was its end', async () => {
    const machine = memoryMachine();
    await open(machine)(RUN);
    await fail(machine)(RUN, 'score: disk full');

    expect(await checked(machine)).toEqual({ asOf: RUN.asOf, status: 'failed', late: true });
  });

  it('is missing when it was never opened, though the one before it was done', async () => {
    const machine = await aNight();

    expect(await checked(machine, '2026-03-16T05:00:00.000Z')).toEqual({
      asOf: '2026-03-15',
      status: 'missing',
      late: true,
    });
  });

  it('was overtaken when that of an older day was done after it', async () => {
    const machine = await aNight();
    await sleep(machine, { ...RUN, asOf: '2026-03-01' });

    expect(await machine.table.get(keys.currentRun())).toMatchObject({ value: { asOf: '2026-03-01' } });
    expect(await checked(machine)).toEqual({ asOf: RUN.asOf, status: 'overtaken', late: true });
  });
});

describe('a night that is not done', () => {
  it('is not late before six in the morning', async () => {
    expect(await checked(memoryMachine(), BEFORE)).toEqual({
      asOf: RUN.asOf,
      status: 'missing',
      late: false,
    });
  });

  it.each([
    // Six in the morning, in UTC.
    ['Asia/Shanghai', '2026-03-14T21:59:00.000Z', '2026-03-14T22:00:00.000Z'],
    ['America/Los_Angeles', '2026-03-15T12:59:00.000Z', '2026-03-15T13:00:00.000Z'],
    ['Asia/Kathmandu', '2026-03-15T00:14:00.000Z', '2026-03-15T00:15:00.000Z'],
  ])('is late from six in the morning of %s on', async (zone, before, after) => {
    const machine = memoryMachine({ zone });

    expect(await checked(machine, before)).toMatchObject({ asOf: RUN.asOf, late: false });
    expect(await checked(machine, after)).toMatchObject({ asOf: RUN.asOf, late: true });
  });
});
