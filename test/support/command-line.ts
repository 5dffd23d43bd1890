import { execFile } from 'node:child_process';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one command of the command line in a process of its own. */
const run = (...args: readonly string[]): Promise<Outcome> =>
  new Promise((resolve) => {
    execFile(
      process.execPath,
      ['bin/clientele.ts', ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        resolve({
          code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1,
          stdout,
          stderr,
        }),
    );
  });

/** On a data directory. */
export const clientele = (data: string, ...args: readonly string[]): Promise<Outcome> =>
  run('--data', data, ...args);

/** On a deployed stage; AWS_* in the environment say who answers for it. */
export const clienteleOnStage = (stage: string, ...args: readonly string[]): Promise<Outcome> =>
  run('--stage', stage, ...args);

/** The JSON that a command on a data directory printed; its messages are part of the failure. */
export async function clienteleJson<T>(data: string, ...args: readonly string[]): Promise<T> {
  const { code, stdout, stderr } = await clientele(data, ...args, '--json');
  if (code !== 0) throw new Error(`clientele ${args.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
