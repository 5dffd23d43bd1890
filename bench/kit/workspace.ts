import { type ChildProcess, execFile, fork } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Answered, Finished } from './job.ts';

/** A long-lived process of a benchmark that answers questions. */
export interface Server<Ready> {
  readonly ready: Ready;
  ask<T>(question: string): Promise<T>;
  stop(): Promise<void>;
}

/** Where one run of the benchmarks keeps its files and processes, so that nothing of it stays behind. */
export interface Workspace {
  /** The path of a directory that does not exist yet, or is a copy of another. */
  directory(name: string, copyOf?: string): string;
  /** Frees the disk early: the largest of these directories hold gigabytes. */
  remove(directory: string): void;
  /** Runs a file of bench/jobs in a process of its own and waits for what it found. */
  run<T>(job: string, input: object): Promise<Finished<T>>;
  start<Ready>(job: string, input: object): Promise<Server<Ready>>;
  /** What a script of the project prints. */
  output(script: URL, ...args: readonly string[]): Promise<string>;
  /** Ends every process that is still there and removes every file. */
  close(): void;
}

export function openWorkspace(): Workspace {
  const root = mkdtempSync(join(tmpdir(), 'clientele-bench-'));
  const running = new Set<ChildProcess>();

  const watched = (child: ChildProcess): ChildProcess => {
    running.add(child);
    return child.once('exit', () => running.delete(child));
  };
  const launch = (job: string, input: object): ChildProcess =>
    watched(fork(new URL(`../jobs/${job}.ts`, import.meta.url), [JSON.stringify(input)]));

  return {
    directory(name, copyOf) {
      const path = join(root, name);
      if (copyOf !== undefined) cpSync(copyOf, path, { recursive: true });
      return path;
    },
    remove: (directory) => rmSync(directory, { recursive: true, force: true }),
    run: async <T>(job: string, input: object) => (await heard(launch(job, input), job)) as Finished<T>,
    async start<Ready>(job: string, input: object) {
      const child = launch(job, input);
      const ready = (await heard(child, job)) as Ready;
      return { ready, ask: asker(child, job), stop: () => stop(child) };
    },
    output: (script, ...args) =>
      new Promise((resolve, reject) => {
        const child = execFile(process.execPath, [fileURLToPath(script), ...args], (error, stdout) => {
          // A script that found something to complain of has printed its findings all the same.
          if (error !== null && stdout === '') reject(error);
          else resolve(stdout);
        });
        watched(child);
      }),
    close() {
      for (const child of running) child.kill('SIGKILL');
      rmSync(root, { recursive: true, force: true });
    },
  };
}

/** The next message of a process; one that ends without a word has failed. */
const heard = (child: ChildProcess, job: string): Promise<unknown> =>
  new Promise((resolve, reject) => {
    const ended = (code: number | null) =>
      reject(new Error(`bench/jobs/${job}.ts ended with ${code ?? 'a signal'}`));
    child.once('exit', ended);
    child.once('message', (message) => {
      child.off('exit', ended);
      resolve(message);
    });
  });

/** Several questions may be open at once; every answer carries the number of its question. */
function asker(child: ChildProcess, job: string) {
  let count = 0;
  return <T>(question: string): Promise<T> =>
    new Promise((resolve, reject) => {
      count += 1;
      const number = count;
      const ended = () => reject(new Error(`bench/jobs/${job}.ts ended before it answered '${question}'`));
      const answered = (message: Answered) => {
        if (message.number !== number) return;
        child.off('message', answered);
        child.off('exit', ended);
        resolve(message.answer as T);
      };
      child.on('message', answered);
      child.once('exit', ended);
      child.send({ number, question });
    });
}

const stop = (child: ChildProcess): Promise<void> =>
  new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve();
    child.once('exit', () => resolve());
    child.disconnect();
  });
