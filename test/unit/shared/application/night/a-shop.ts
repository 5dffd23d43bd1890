import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { shardsOf } from '../../../../../shared/application/night/files.ts';
import { fit } from '../../../../../shared/application/night/fit.ts';
import { open } from '../../../../../shared/application/night/open.ts';
import type { NightReport } from '../../../../../shared/application/night/publish.ts';
import { publish } from '../../../../../shared/application/night/publish.ts';
import { runsApi } from '../../../../../shared/application/night/runs-api.ts';
import { score } from '../../../../../shared/application/night/score.ts';
import { snapshot } from '../../../../../shared/application/night/snapshot.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { type NightRun, type NightStep, night } from '../../../../../shared/contracts/night.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import type { Item } from '../../../../../shared/ports/table.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

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

/** The shop after its night. */
export async function aNight(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await aShop(machine);
  await sleep(machine);
  return machine;
}

/** What the run of a day found. */
export const reportOf = async ({ table }: MemoryMachine, asOf = RUN.asOf) =>
  (await table.get(keys.run(asOf)))?.value['report'] as NightReport;

/** Scores by customer, without their versions. */
export async function scoresOf({ table }: MemoryMachine): Promise<ReadonlyMap<string, Item['value']>> {
  const { items } = await table.scan({ table: 'customers', segment: 0, of: 1, limit: 1_000 });
  return new Map(items.filter(({ sk }) => sk === 'score').map(({ pk, value }) => [pk, value]));
}

/** Asks the endpoints of runs as an operator. */
export async function ask(machine: MemoryMachine, name: 'listRuns' | 'getRun', asOf = '') {
  const caller = { kind: 'person', name: 'ops', roles: ['ops'] } as const;
  const { status, body } = await dispatch(routes, runsApi(machine))(name, {
    params: { asOf },
    query: {},
    body: '',
    caller,
  });
  return { status, body: JSON.parse(body) };
}
