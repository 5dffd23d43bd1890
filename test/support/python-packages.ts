import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, command } from './command.ts';

const CACHE = fileURLToPath(new URL('../../node_modules/.cache/', import.meta.url));

export interface Packages {
  /** What they are for: part of the folder's name, and of what is said where Python is missing. */
  readonly name: string;
  /** A file of pins: the program and everything that it brings. */
  readonly requirements: string;
  /** How to go on without. */
  readonly otherwise: string;
}

/** Installs pinned packages where npm keeps its things, once; answers the Python that has them. */
export async function pythonWith(packages: Packages, signal?: AbortSignal): Promise<string> {
  const { name, requirements } = packages;
  const python = await findPython(packages, signal);
  const pins = createHash('sha256').update(python).update(readFileSync(requirements)).digest('hex');
  const folder = join(CACHE, `clientele-${name}-${pins.slice(0, 12)}`);
  const program = join(folder, 'bin', 'python');
  const complete = join(folder, 'complete');
  if (!existsSync(complete)) {
    rmSync(folder, { recursive: true, force: true });
    await makeEnvironment(packages, folder, signal);
    const install = '-m pip install --quiet --no-deps --only-binary :all: -r'.split(' ');
    await command(program, [...install, requirements], { timeoutMillis: 240_000, signal });
    writeFileSync(complete, '');
  }
  return program;
}

/** What the pins are for: with an older Python, packages need others that are not named there. */
const OLDEST = 11;

/** The version of python3, for an environment works with the Python that made it. */
async function findPython(packages: Packages, signal?: AbortSignal): Promise<string> {
  let said: string;
  try {
    said = await command('python3', ['--version'], { timeoutMillis: 20_000, signal });
  } catch (error) {
    throw lacking(packages, 'python3 is not on the PATH', error);
  }
  const [, minor] = /^Python 3\.(\d+)/.exec(said) ?? [];
  if (Number(minor) >= OLDEST) return said;
  throw lacking(packages, `python3 is ${said.trim()}`, said);
}

async function makeEnvironment(packages: Packages, folder: string, signal?: AbortSignal): Promise<void> {
  try {
    await command('python3', ['-m', 'venv', folder], { timeoutMillis: 120_000, signal });
  } catch (error) {
    throw lacking(packages, 'python3 cannot make an environment of its own', error);
  }
}

const lacking = ({ name, otherwise }: Packages, what: string, error: unknown): CommandFailed =>
  new CommandFailed(
    `${what}. The ${name} needs Python 3.${OLDEST} or newer with venv (on Debian: apt-get install python3-venv). ${otherwise}`,
    error instanceof CommandFailed ? error.output : String(error),
  );
