import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions } from '../lib/bundling.ts';
import { type FunctionName, functionNeeds } from '../lib/function-needs.ts';

/** A cold start reads and compiles every byte. */
const CEILING_BYTES = 600 * 1_024;
/** The quickest of some tries hardly depends on what else the machine does; twice the budget is no noise. */
const IMPORT_BUDGET_MS = 90;
const IMPORT_CEILING_MS = 2 * IMPORT_BUDGET_MS;
const IMPORTS = 7;

interface Line {
  readonly name: FunctionName;
  readonly bytes: number;
  /** The quickest of some fresh processes, without the start of Node itself: what is left after the noise. */
  readonly importMs: number;
}

/** Times one import in a process of its own, as a cold start does it. */
const TIMER =
  'const t = performance.now(); require(process.argv[1]); process.stdout.write(String(performance.now() - t)); process.exit();';

function importMs(file: string): number {
  const times = Array.from({ length: IMPORTS }, () => {
    const { stdout, stderr, status } = spawnSync(process.execPath, ['-e', TIMER, file], {
      encoding: 'utf8',
      env: {},
    });
    if (status !== 0) throw new Error(`${file} cannot be loaded: ${stderr}`);
    return Number(stdout);
  });
  return Math.min(...times);
}

async function measure(name: FunctionName, folder: string): Promise<Line> {
  const outdir = join(folder, name);
  await build(bundleOptions(name, outdir));
  const file = join(outdir, 'index.js');
  return { name, bytes: statSync(file).size, importMs: Math.round(importMs(file) * 10) / 10 };
}

const complaintsOf = ({ name, bytes, importMs }: Line): string[] => [
  ...(bytes > CEILING_BYTES
    ? [`${name} has ${bytes} bytes, at most ${CEILING_BYTES} may be: see what it imports`]
    : []),
  ...(importMs > IMPORT_CEILING_MS
    ? [`${name} takes ${importMs} ms to load, ${IMPORT_BUDGET_MS} are the budget`]
    : []),
];

const table = (lines: readonly Line[]): string =>
  [
    '| function | KiB | import ms |',
    '|---|---:|---:|',
    ...lines.map(
      ({ name, bytes, importMs }) => `| ${name} | ${(bytes / 1_024).toFixed(0)} | ${importMs.toFixed(0)} |`,
    ),
  ].join('\n');

const folder = mkdtempSync(join(tmpdir(), 'clientele-bundles-'));
try {
  const lines: Line[] = [];
  for (const name of Object.keys(functionNeeds) as FunctionName[]) lines.push(await measure(name, folder));
  console.log(process.argv.includes('--json') ? JSON.stringify(lines, null, 2) : table(lines));
  const complaints = lines.flatMap(complaintsOf);
  for (const complaint of complaints) console.error(complaint);
  process.exitCode = complaints.length > 0 ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
