import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CommandFailed, command } from '../support/command.ts';
import { startLocalHost, temporaryDirectory } from '../support/local-host.ts';
import { pythonWith } from '../support/python-packages.ts';
import { watchMemory } from './watch-memory.ts';

/**
 * Takes a known fuzzer through every endpoint of a running host, by the OpenAPI file that the host gives: what is
 * right by it, and what is not. The host must answer everything within seconds and as the file says, never with 5xx,
 * and keep its memory. Arguments go to the fuzzer: `npm run fuzz -- --max-examples 500`.
 */
const CHECKS = [
  'not_a_server_error',
  'status_code_conformance',
  'content_type_conformance',
  'response_schema_conformance',
  'ignored_auth',
];
/** The same cases every time: a fuzzer that finds something else each night tells nobody what broke it. */
const SEED = 20_261_122;
const EXAMPLES = 40;
const MOST_MILLIS = 900_000;
const SLOWEST_SECONDS = 5;
/** What the host may grow by after the first third, when its caches are full. */
const MOST_GROWTH = 1.5;

const python = await pythonWith({
  name: 'fuzzer',
  requirements: fileURLToPath(new URL('./requirements.txt', import.meta.url)),
  otherwise: 'Everything else runs without it.',
});
const { path, remove } = temporaryDirectory();
const folder = mkdtempSync(join(tmpdir(), 'clientele-fuzz-'));
const host = await startLocalHost(path);
const memory = watchMemory(host.pid);
const faults: string[] = [];
try {
  await command(join(dirname(python), 'schemathesis'), argumentsFor(host.url), {
    cwd: folder,
    timeoutMillis: MOST_MILLIS,
    live: true,
  }).catch((error: unknown) => {
    if (!(error instanceof CommandFailed)) throw error;
    faults.push(error.message);
  });
  const { status } = await fetch(`${host.url}/health`, { signal: AbortSignal.timeout(10_000) });
  if (status !== 200) faults.push(`After all that /health answers ${status}`);
  const failed = host.output().match(/^.*"failed".*$/gm) ?? [];
  if (failed.length > 0)
    faults.push(`The host failed ${failed.length} times:\n${failed.slice(0, 20).join('\n')}`);
} finally {
  const { early, end, mostMib } = memory.stop();
  process.stdout.write(`Memory of the host: ${early} MiB early, ${end} at the end, ${mostMib} at most\n`);
  if (end > early * MOST_GROWTH) faults.push(`The host grew from ${early} to ${end} MiB`);
  await host.stop();
  remove();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) process.stderr.write(`${fault}\n`);
process.exitCode = faults.length === 0 ? 0 : 1;

function argumentsFor(url: string): string[] {
  return [
    ['--config-file', settings()],
    ['run', `${url}/openapi.json`],
    ['--phases', 'examples,coverage,fuzzing'],
    ['--checks', CHECKS.join(',')],
    ['--seed', String(SEED)],
    ['--max-examples', String(EXAMPLES)],
    ['--request-timeout', '20'],
    ['--max-response-time', String(SLOWEST_SECONDS)],
    ['--continue-on-failure', '--warnings', 'off', '--no-color'],
    process.argv.slice(2),
  ].flat();
}

/** Keys in a file of its own, since everybody on a machine may read what a command was started with. */
function settings(): string {
  const { writeKey, accessKey } = JSON.parse(readFileSync(join(path, 'secrets.json'), 'utf8')) as Record<
    string,
    string
  >;
  const file = join(folder, 'schemathesis.toml');
  const keys = { writeKey, person: accessKey };
  const sections = Object.entries(keys).map(
    ([scheme, key]) => `[auth.openapi.${scheme}]\nbearer = "${key}"\n`,
  );
  writeFileSync(file, sections.join('\n'), { mode: 0o600 });
  return file;
}
