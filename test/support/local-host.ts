import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { NewStage } from '../../local/data-directory.ts';
import { openDataDirectory } from '../../local/data-directory.ts';
import { type Target, target } from './target.ts';

/** A data directory that vanishes with the test. */
export function temporaryDirectory(): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'clientele-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export interface RunningHost extends Target {
  readonly path: string;
  readonly pid: number;
  /** What it printed so far. */
  readonly output: () => string;
  /** As Ctrl-C does; answers the exit code. */
  readonly stop: () => Promise<number | null>;
  /** As a power cut of the process does. */
  readonly kill: () => Promise<void>;
}

interface Starting {
  readonly args?: readonly string[];
  /** How a new directory is set up. */
  readonly stage?: NewStage;
  /** No file may grow beyond it: what a full disk is to the database, without filling a disk. */
  readonly mostFileKb?: number;
}

/** The sample year is made meanwhile, for which a busy machine takes minutes. */
const STARTING_MILLIS = 150_000;

/** Starts `npm start` on a data directory, in a process of its own, and waits until it says where it answers. */
export async function startLocalHost(
  path: string,
  { args = ['--empty'], stage, mostFileKb }: Starting = {},
): Promise<RunningHost> {
  if (stage !== undefined) openDataDirectory(path, stage);
  const limit = mostFileKb === undefined ? '' : `ulimit -f ${mostFileKb}; `;
  const child = spawn('bash', ['-c', `${limit}exec "$0" local/main.ts "$@"`, process.execPath, ...args], {
    env: { ...process.env, CLIENTELE_DATA: path, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  const url = await addressIn(child, () => output);
  const secrets = JSON.parse(readFileSync(join(path, 'secrets.json'), 'utf8')) as {
    writeKey: string;
    accessKey: string;
  };
  return {
    ...target(url, secrets),
    path,
    pid: child.pid ?? Number.NaN,
    output: () => output,
    stop: () => ended(child, 'SIGINT'),
    kill: async () => {
      await ended(child, 'SIGKILL');
    },
  };
}

async function addressIn(child: ChildProcess, output: () => string): Promise<string> {
  const deadline = Date.now() + STARTING_MILLIS;
  for (;;) {
    const [, url] = /answers at (http:\S+)/.exec(output()) ?? [];
    if (url !== undefined) return url;
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`The host did not start:\n${output()}`);
    await pause(20);
  }
}

async function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  const exit = once(child, 'exit');
  child.kill(signal);
  const [code] = await exit;
  return code;
}
