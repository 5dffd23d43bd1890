import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import * as z from 'zod';
import type { Line } from '../kit/line.ts';

const script = fileURLToPath(new URL('../../bin/bundle-report.ts', import.meta.url));

/** What bin/bundle-report.ts prints for machines. */
const Bundles = z.array(z.object({ name: z.string(), bytes: z.int(), importMs: z.number() })).min(1);

const BUDGET_KIB = 600;
const BUDGET_IMPORT_MILLIS = 90;

/** Bundle and import time of every function. */
export async function functions(): Promise<Line[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [script, '--json']);
  return Bundles.parse(JSON.parse(stdout)).flatMap(({ name, bytes, importMs }): Line[] => [
    {
      part: 'function',
      what: `${name}, bundle`,
      value: bytes / 1_024,
      unit: 'KiB',
      budget: { atMost: BUDGET_KIB },
    },
    {
      part: 'function',
      what: `${name}, import`,
      value: importMs,
      unit: 'ms',
      budget: { atMost: BUDGET_IMPORT_MILLIS },
    },
  ]);
}
