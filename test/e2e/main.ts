import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bootstrap, deploy, destroy, synthesise } from './deploy.ts';
import { howToGoOn } from './how-to-go-on.ts';
import { choosePlace, type Place } from './place.ts';
import { meetStage, projects, runTests } from './run-tests.ts';
import { e2eStage } from './stage.ts';
import { steps, summary } from './steps.ts';
import { inWords } from './test-report.ts';

/**
 * Deploys a stage by the CDK, to an emulator unless AWS_ENDPOINT_URL names something else, takes the journeys and
 * the drills through it, and tears it down. `--keep` leaves it standing; all other arguments go to vitest.
 */
const given = process.argv.slice(2);
const keep = given.includes('--keep');
const args = given.filter((word) => word !== '--keep');

const stopping = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort());
const { signal } = stopping;

const { run, done } = steps();
const folder = mkdtempSync(join(tmpdir(), 'clientele-e2e-'));
const output = join(folder, 'cdk.out');
const told = join(folder, 'stage.json');
let place: Place | undefined;
let begun = false;

async function walk(): Promise<void> {
  const reached = await run('reach AWS', () => choosePlace(e2eStage().region, signal));
  place = reached;
  const { patience } = reached;
  await run('synth', () => synthesise(output, signal));
  await run('bootstrap', () => bootstrap(output, signal));
  begun = true;
  await run('deploy', () => deploy(output, signal));
  const target = await run('sign in', () => meetStage(reached, e2eStage()));
  writeFileSync(told, JSON.stringify(target), { mode: 0o600 });
  let ran = 0;
  for (const project of projects) {
    const tests = run(project, () => runTests(project, { folder, told, args, patience, signal }), inWords);
    // A failure was told already; the other tests are worth running all the same.
    ran += await tests.then(
      ({ passed }) => passed,
      () => 1,
    );
    signal.throwIfAborted();
  }
  if (ran === 0) await run('find tests', () => Promise.reject(new Error(`No test for ${args.join(' ')}`)));
}

/** Whatever happened before; what fails here is told, and the rest is torn down all the same. */
async function tearDown(): Promise<void> {
  const emulator = place?.emulator;
  if (begun) await run('destroy', () => destroy(output)).catch(() => undefined);
  if (emulator !== undefined) await run('stop', () => emulator.stop()).catch(() => undefined);
  rmSync(folder, { recursive: true, force: true });
}

// Each step tells of its own failure.
const failure = await walk().catch((error: unknown) => error);
if (keep && place !== undefined) process.stdout.write(howToGoOn(place, folder, told));
else await tearDown();
process.stdout.write(summary(done));
process.exitCode = failure === undefined && done.every(({ ok }) => ok) ? 0 : 1;
