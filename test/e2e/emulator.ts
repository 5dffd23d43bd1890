import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { CommandFailed, endGroup, spawnGroup } from '../support/command.ts';
import { freePort } from '../support/free-port.ts';
import { type Packages, pythonWith } from '../support/python-packages.ts';

export interface Emulator {
  readonly url: string;
  /** What the CDK, the SDK and the command line need in their environment to speak to it. */
  readonly env: Record<string, string>;
  readonly pid: number;
  /** Everything that it writes. */
  readonly folder: string;
  /** Ends it with all its functions, and removes what it left on the disk. */
  stop(): Promise<void>;
}

interface Options {
  readonly port?: number;
  readonly region?: string;
  readonly signal?: AbortSignal;
}

const PACKAGES: Packages = {
  name: 'emulator',
  requirements: fileURLToPath(new URL('./requirements.txt', import.meta.url)),
  otherwise: 'Or name an emulator that runs: AWS_ENDPOINT_URL=http://127.0.0.1:4566 npm run e2e:aws',
};
/** The emulator's own start, with what it lacks for us. */
const MENDED = fileURLToPath(new URL('./emulator.py', import.meta.url));
const STARTING_MILLIS = 60_000;
const DEFAULT_REGION = 'eu-west-1';

/** Starts the pinned emulator of AWS, empty, on a free port, and waits until it answers. */
export async function startEmulator({
  port,
  region = DEFAULT_REGION,
  signal,
}: Options = {}): Promise<Emulator> {
  const python = await pythonWith(PACKAGES, signal);
  const chosen = port ?? (await freePort());
  const url = `http://127.0.0.1:${chosen}`;
  const folder = mkdtempSync(join(tmpdir(), 'clientele-emulator-'));
  const log = join(folder, 'emulator.log');
  // A file and no pipe, since it may outlive this process.
  const sink = openSync(log, 'a');
  const child = spawnGroup(python, [MENDED], {
    cwd: folder,
    env: { ...withoutAws(process.env), ...settings(chosen, region, folder) },
    stdio: ['ignore', sink, sink],
  });
  closeSync(sink);
  let failure: Error | undefined;
  child.once('error', (error) => {
    failure = error;
  });
  const stop = async () => {
    await endGroup(child);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  try {
    await answers(url, () => failure !== undefined || child.exitCode !== null, signal);
  } catch (error) {
    const output = readFileSync(log, 'utf8');
    await stop();
    throw new CommandFailed(`The emulator did not start: ${String(failure ?? error)}`, output);
  }
  return { url, env: clientEnvironment(url, region), pid: child.pid ?? 0, folder, stop };
}

/** Everything that speaks to an emulator: any credentials will do. */
export const clientEnvironment = (url: string, region: string): Record<string, string> => ({
  AWS_ENDPOINT_URL: url,
  // The CDK gives S3 a name of its own.
  AWS_ENDPOINT_URL_S3: url,
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: region,
  AWS_DEFAULT_REGION: region,
});

const settings = (port: number, region: string, folder: string): Record<string, string> => ({
  // Functions run on the node that is found first: the one that Lambda has.
  PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter),
  TMPDIR: folder,
  STATE_DIR: join(folder, 'state'),
  S3_DATA_DIR: join(folder, 's3'),
  BIND_HOST: '127.0.0.1',
  // Addresses that it gives out, such as those of queues.
  MINISTACK_HOST: '127.0.0.1',
  GATEWAY_PORT: String(port),
  // Every call is checked against the policies of the role that makes it.
  AUTH: 'true',
  LAMBDA_EXECUTOR: 'local',
  MINISTACK_REGION: region,
  // Services that listen on ports of their own.
  IOT_MTLS_ENABLED: '0',
  SFTP_ENABLED: '0',
});

/** Functions must not inherit whom this process speaks to. */
const withoutAws = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('AWS_')));

async function answers(url: string, ended: () => boolean, signal?: AbortSignal): Promise<void> {
  const deadline = Date.now() + STARTING_MILLIS;
  for (;;) {
    signal?.throwIfAborted();
    const answer = await fetch(`${url}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    if (ended()) throw new Error('it ended');
    if (Date.now() > deadline) throw new Error(`it does not answer after ${STARTING_MILLIS / 1_000} s`);
    await pause(100);
  }
}
