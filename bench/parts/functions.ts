import * as z from 'zod';
import type { Line } from '../kit/line.ts';
import type { Bench } from './shop.ts';

const script = new URL('../../bin/bundle-report.ts', import.meta.url);

/** What the script prints for machines. */
const Bundles = z.array(z.object({ name: z.string(), bytes: z.int(), importMs: z.number() })).min(1);

const BUDGET_KIB = 600;
const BUDGET_IMPORT_MILLIS = 90;

/** Bundle and import time of every function. */
export async function functions({ workspace, tell }: Bench): Promise<Line[]> {
  tell('Functions: bundles and imports');
  const bundles = Bundles.parse(JSON.parse(await workspace.output(script, '--json')));
  return bundles.flatMap(({ name, bytes, importMs }): Line[] => [
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
