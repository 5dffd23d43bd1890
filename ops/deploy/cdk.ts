import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Defect, InvalidInput } from '../../shared/domain/kernel/errors.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'node_modules/aws-cdk/bin/cdk');

/** The CDK's own command line, never one that is installed elsewhere, on the Node that runs this. */
function start(args: readonly string[], output: 'inherit' | 'pipe') {
  if (!existsSync(program)) {
    throw new InvalidInput('no-cdk', program, `There is no ${program}: run npm ci`);
  }
  return spawn(process.execPath, [program, ...args], {
    cwd: root,
    stdio: ['inherit', output, output],
    env: { ...process.env, PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) },
  });
}

/** Runs the CDK and passes through what it says. Answers its exit code. */
export async function cdk(...args: readonly string[]): Promise<number> {
  const child = start(args, 'inherit');
  // Ctrl-C reaches the CDK as well, which then ends as it sees fit; we wait for it.
  const wait = () => undefined;
  process.on('SIGINT', wait);
  try {
    const [code] = await once(child, 'close');
    return code ?? 1;
  } finally {
    process.off('SIGINT', wait);
  }
}

/** Runs the CDK and keeps what it says for the Defect `cdk-failed`, should it fail. */
export async function cdkSilently(...args: readonly string[]): Promise<void> {
  const child = start(args, 'pipe');
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  }
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Defect('cdk-failed', `cdk ${args.join(' ')} ended with ${code}:\n${said}`);
}
