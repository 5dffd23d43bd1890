import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, command } from './command.ts';

const REQUIREMENTS = fileURLToPath(new URL('./requirements.txt', import.meta.url));
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

/** Installs the pinned emulator where npm keeps its things, once; answers its Python. */
export async function installEmulator(signal?: AbortSignal): Promise<string> {
  const python = await findPython(signal);
  const pins = createHash('sha256').update(python).update(readFileSync(REQUIREMENTS)).digest('hex');
  const folder = join(CACHE, `clientele-emulator-${pins.slice(0, 12)}`);
  const program = join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true });
    await makeEnvironment(folder, signal);
    const install = '-m pip install --quiet --no-deps --only-binary :all: -r'.split(' ');
    await command(program, [...install, REQUIREMENTS], { timeoutMillis: 240_000, signal });
    writeFileSync(complete, '');
  }
  return program;
}

/** What the pins are for: with an older Python, packages need others that are not named there. */
const OLDEST = 11;

/** The version of python3, for an environment works with the Python that made it. */
async function findPython(signal?: AbortSignal): Promise<string> {
  let said: string;
  try {
    said = await command('python3', ['--version'], { timeoutMillis: 20_000, signal });
  } catch (error) {
    throw lacking('python3 is not on the PATH', error);
  }
  const [, minor] = /^Python 3\.(\d+)/.exec(said) ?? [];
  if (Number(minor) >= OLDEST) return said;
  throw lacking(`python3 is ${said.trim()}`, said);
}

async function makeEnvironment(folder: string, signal?: AbortSignal): Promise<void> {
  try {
    await command('python3', ['-m', 'venv', folder], { timeoutMillis: 120_000, signal });
  } catch (error) {
    throw lacking('python3 cannot make an environment of its own', error);
  }
}

const lacking = (what: string, error: unknown): CommandFailed =>
  new CommandFailed(
    `${what}. The emulator of AWS needs Python 3.${OLDEST} or newer with venv (on Debian: apt-get install python3-venv). ` +
      'Or name an emulator that runs: AWS_ENDPOINT_URL=http://127.0.0.1:4566 npm run e2e:aws',
    error instanceof CommandFailed ? error.output : String(error),
  );
