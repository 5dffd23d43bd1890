import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { DataDirectory } from '../../../local/data-directory.ts';
import type { Machine } from '../../../local/machine.ts';
import { nightly } from '../../../local/nightly.ts';
import { fail, open } from '../../../shared/application/night/open.ts';
import { memoryMachine } from '../../support/memory-machine.ts';
import { aNight, RUN } from '../shared/application/night/a-shop.ts';

/** Where no night is run, neither the files nor the rest of the machine are touched. */
const directory = {} as DataDirectory;

const said: string[] = [];
let scheduler: { stop(): void } | undefined;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    said.push(String(text));
    return true;
  });
});
afterEach(() => {
  scheduler?.stop();
  said.length = 0;
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const runs = async (machine: ReturnType<typeof memoryMachine>, minutes: number): Promise<void> => {
  scheduler = nightly(machine as unknown as Machine, directory);
  for (let minute = 0; minute < minutes; minute += 1) await vi.advanceTimersByTimeAsync(60_000);
};

describe('a host whose night failed', () => {
  it('says so once after six, and how to run it', async () => {
    const machine = memoryMachine();
    machine.setClock('2026-03-15T05:00:00.000Z');
    await open(machine)(RUN);
    await fail(machine)(RUN, 'score: disk full');

    await runs(machine, 3);

    expect(said).toEqual([
      'night: that of 2026-03-14 is not done (failed); run it: npm run -s clientele -- night --as-of 2026-03-14\n',
    ]);
  });

  it('says it again of the next one', async () => {
    const machine = memoryMachine();
    for (const asOf of ['2026-03-14', '2026-03-15']) {
      machine.setClock('2026-03-16T05:00:00.000Z');
      await open(machine)({ ...RUN, asOf });
    }
    machine.setClock('2026-03-15T05:00:00.000Z');
    await runs(machine, 2);

    machine.setClock('2026-03-16T05:00:00.000Z');
    await vi.advanceTimersByTimeAsync(120_000);

    expect(said).toEqual([
      expect.stringContaining('2026-03-14 is not done (running)'),
      expect.stringContaining('2026-03-15 is not done (running)'),
    ]);
  });

  it('keeps quiet before six', async () => {
    const machine = memoryMachine();
    machine.setClock('2026-03-15T04:59:00.000Z');
    await open(machine)(RUN);

    await runs(machine, 2);

    expect(said).toEqual([]);
  });
});

describe('a host whose night is done', () => {
  it('has nothing to say', async () => {
    const machine = await aNight();

    await runs(machine, 2);

    expect(said).toEqual([]);
  });
});
