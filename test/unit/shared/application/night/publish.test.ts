import { describe, expect, it } from 'vitest';
import { files, readJson } from '../../../../../shared/application/night/files.ts';
import { publish } from '../../../../../shared/application/night/publish.ts';
import { score } from '../../../../../shared/application/night/score.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { night } from '../../../../../shared/contracts/night.ts';
import { type MemoryMachine, memoryMachine } from '../../../../support/memory-machine.ts';
import { aShop, RUN, stepsOf } from './a-shop.ts';

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
