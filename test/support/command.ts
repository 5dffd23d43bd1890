import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { basename } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const GRACE_MILLIS = 5_000;

/** A command ended badly, or was ended; `output` is all that it had said by then. */
export class CommandFailed extends Error {
  readonly output: string;

  constructor(what: string, output: string) {
    super(what);
    this.output = output;
  }
}

/** Starts a process in a group of its own: Ctrl-C does not reach it, and whoever ends it ends its children too. */
export const spawnGroup = (program: string, args: readonly string[], options: SpawnOptions): ChildProcess =>
  spawn(program, args, { ...options, detached: true });

/** Asks the whole group to end, and ends it when it does not listen. */
export async function endGroup(child: ChildProcess): Promise<void> {
  const { pid } = child;
  if (pid === undefined) return;
  const exit = child.exitCode === null && child.signalCode === null ? once(child, 'exit') : undefined;
  signalGroup(pid, 'SIGTERM');
  await Promise.race([exit, pause(GRACE_MILLIS, undefined, { ref: false })]);
  // Children may outlive the one that started them.
  signalGroup(pid, 'SIGKILL');
  await exit;
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // Nobody of the group is left.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

interface Running {
  /** The folder it runs in, where it may leave things. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly timeoutMillis: number;
  readonly signal?: AbortSignal | undefined;
  /** Shown as it comes, instead of kept. */
  readonly live?: boolean;
}

/** Runs a command to its end and answers what it said. Throws CommandFailed, also after `timeoutMillis`. */
export async function command(
  program: string,
  args: readonly string[],
  { cwd = process.cwd(), env = process.env, timeoutMillis, signal, live = false }: Running,
): Promise<string> {
  signal?.throwIfAborted();
  const name = [basename(program), ...args].join(' ');
  const stopping = AbortSignal.any([AbortSignal.timeout(timeoutMillis), ...(signal ? [signal] : [])]);
  const child = spawnGroup(program, args, { cwd, env, stdio: ['ignore', ...(live ? show : keep)] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
  const stop = () => void endGroup(child);
  stopping.addEventListener('abort', stop, { once: true });
  try {
    const [code] = await once(child, 'close');
    if (signal?.aborted) throw new CommandFailed(`${name} was stopped`, output);
    if (stopping.aborted)
      throw new CommandFailed(`${name} took longer than ${timeoutMillis / 1_000} s`, output);
    if (code !== 0) throw new CommandFailed(`${name} ended with ${code}`, output);
    return output;
  } catch (error) {
    if (error instanceof CommandFailed) throw error;
    throw new CommandFailed(`${name} did not start: ${String(error)}`, output);
  } finally {
    stopping.removeEventListener('abort', stop);
  }
}

const show = ['inherit', 'inherit'] as const;
const keep = ['pipe', 'pipe'] as const;
