import { execFile } from 'node:child_process';
import type { DrillStage } from './stage.ts';

interface Said<T> {
  readonly code: number;
  readonly answer: T;
}

/** What an operator types; answers the exit code and the JSON. A command that says no JSON throws what it said. */
export function operator<T>(
  { name }: DrillStage,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Said<T>> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      ['bin/clientele.ts', ...args, '--stage', name, '--json'],
      { env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 },
      (error, stdout, stderr) => {
        if (stdout === '') reject(new Error(`clientele ${args.join(' ')}: ${stderr}`));
        else
          resolve({
            code: typeof error?.code === 'number' ? error.code : 0,
            answer: JSON.parse(stdout) as T,
          });
      },
    );
  });
}
