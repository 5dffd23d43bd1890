import { fit } from '../shared/application/night/fit.ts';
import { open } from '../shared/application/night/open.ts';
import { publish } from '../shared/application/night/publish.ts';
import { score } from '../shared/application/night/score.ts';
import { snapshot } from '../shared/application/night/snapshot.ts';
import type { NightRun, NightStep } from '../shared/contracts/night.ts';
import type { Machine } from './machine.ts';

/** What each step of the plan does; a forgotten one does not compile. */
export const nightSteps = (
  machine: Machine,
): Readonly<Record<NightStep, (run: NightRun, shard: number) => Promise<void>>> => ({
  open: open(machine),
  snapshot: snapshot(machine),
  fit: fit(machine),
  score: score(machine),
  publish: publish(machine),
});
