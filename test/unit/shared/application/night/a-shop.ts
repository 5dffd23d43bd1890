import { shardsOf } from '../../../../../shared/application/night/files.ts';
import { fit } from '../../../../../shared/application/night/fit.ts';
import { open } from '../../../../../shared/application/night/open.ts';
import { publish } from '../../../../../shared/application/night/publish.ts';
import { score } from '../../../../../shared/application/night/score.ts';
import { snapshot } from '../../../../../shared/application/night/snapshot.ts';
import { type NightRun, type NightStep, night } from '../../../../../shared/contracts/night.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, tell } from '../../../../support/memory-machine.ts';

export const RUN: NightRun = { asOf: '2026-03-14', shards: 3 };

/** Sixty members, the nth of whom bought n % 12 + 1 times in the year, two strangers, and somebody who only looked. */
export async function aShop(machine: MemoryMachine): Promise<void> {
  const receipts = Array.from({ length: 60 }, (_, n) =>
    Array.from({ length: (n % 12) + 1 }, (_unused, k) =>
      aSoldReceipt(500 + 100 * n, {
        ids: { member: `M-${n}` },
        occurredAt: new Date(Date.parse('2026-03-13T10:00:00Z') - (k * 29 + n) * 86_400_000).toISOString(),
      }),
    ),
  );
  await tell(
    machine,
    ...receipts.flat(),
    ...[1, 2].map(() => aSoldReceipt(100, { ids: {} })),
    aSubmission('page.viewed', { ids: { device: 'looked' } }),
  );
}

/** The plan's steps, as a host runs them. */
export function stepsOf(
  machine: MemoryMachine,
): Readonly<Record<NightStep, (run: NightRun) => Promise<void>>> {
  const everyShard = (step: (run: NightRun, shard: number) => Promise<void>) => async (run: NightRun) => {
    for (const shard of shardsOf(run)) await step(run, shard);
  };
  return {
    open: open(machine),
    snapshot: everyShard(snapshot(machine)),
    fit: fit(machine),
    score: everyShard(score(machine)),
    publish: publish(machine),
  };
}

/** A whole night. */
export async function sleep(machine: MemoryMachine, run: NightRun = RUN): Promise<void> {
  const steps = stepsOf(machine);
  for (const { step } of night) await steps[step](run);
}
