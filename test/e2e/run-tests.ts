import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Stage } from '../../lib/stage-schema.ts';
import { readDeployedStage } from '../../ops/deployed-stage.ts';
import { signInAsNewPerson } from '../support/cognito-person.ts';
import { CommandFailed, command } from '../support/command.ts';
import { E2E_STAGE, E2E_VARIABLE, type E2eTarget } from '../support/e2e-target.ts';
import type { Place } from './place.ts';
import { type Counts, countsIn, inWords } from './test-report.ts';
import { verifySender } from './verify-sender.ts';

const MINUTES = 20;

/** Asks the deployed stage what it is made of, and lets a person in. */
export async function meetStage(
  { name, emulated, patience }: Place,
  { email }: Pick<Stage, 'email'>,
): Promise<E2eTarget> {
  const stage = await readDeployedStage(E2E_STAGE);
  const { userPool, audience } = stage;
  if (userPool === undefined) throw new Error('The stage has no user pool to sign in to');
  if (emulated && email.kind === 'ses') await verifySender(email.from);
  const token = await signInAsNewPerson({ userPool, audience });
  return { stage, token, patience, url: emulated ? emulatedUrl(name, stage.url) : stage.url };
}

/** An emulator answers for every API under one address. */
const emulatedUrl = (emulator: string, url: string): string =>
  `${emulator}/_aws/execute-api/${new URL(url).hostname.split('.')[0]}/$default`;

/** What the stage is taken through: stories that its users tell, and what goes wrong around it. */
export const projects = ['journeys', 'drills'] as const;
export type Project = (typeof projects)[number];

interface Run {
  /** For the report. */
  readonly folder: string;
  /** The file that tells of the stage. */
  readonly told: string;
  /** For vitest: files, `-t name`, … */
  readonly args: readonly string[];
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Runs the tests of one project against a stage, shows them as they go, and counts them. Throws where one failed. */
export async function runTests(
  project: Project,
  { folder, told, args, patience, signal }: Run,
): Promise<Counts> {
  const report = join(folder, `${project}.json`);
  const reporters = ['--reporter', 'default', '--reporter', 'json', `--outputFile.json=${report}`];
  const options = ['run', '--project', project, '--passWithNoTests', ...reporters, ...args];
  try {
    await command(process.execPath, ['node_modules/vitest/vitest.mjs', ...options], {
      env: { ...process.env, [E2E_VARIABLE]: told },
      timeoutMillis: patience * MINUTES * 60_000,
      signal,
      live: true,
    });
  } catch (error) {
    throw existsSync(report) ? new CommandFailed(inWords(countsIn(report)), '') : error;
  }
  return countsIn(report);
}
