import type { NightInput, NightResult } from '../jobs/night.ts';
import type { Finished } from '../kit/job.ts';
import { formatted, type Line } from '../kit/line.ts';
import { type Bench, SHOP } from './shop.ts';

const MILLION = 1_000_000;
const BUDGET_SECONDS = 60;
const BUDGET_BYTES = 1.5e9;

/** Nights over generated customers: the first, in which every score is new, and the next, in which nothing moved. */
export async function nights(bench: Bench): Promise<Line[]> {
  const small = await both(bench, SHOP);
  if (bench.quick) return small.lines;
  const large = await both(bench, MILLION);
  const growth = large.seconds / small.seconds / (MILLION / SHOP);
  return [
    ...small.lines,
    ...large.lines,
    {
      part: 'night',
      what: 'time per customer, 1 M over 100 k',
      value: growth,
      unit: '×',
      note: '1 is linear',
      budget: { atMost: 1.2 },
    },
  ];
}

async function both(
  { workspace, shop, lastDay, tell }: Bench,
  customers: number,
): Promise<{ lines: Line[]; seconds: number }> {
  // The small shop is the one that the other parts use too.
  const path = await shop(`night-${customers}`, customers, { contacts: customers === SHOP });
  const input: NightInput = { path, asOf: lastDay };
  tell(`Night: ${formatted(customers)} customers`);
  const first = await workspace.run<NightResult>('night', input);
  const second = await workspace.run<NightResult>('night', input);
  workspace.remove(path);
  const isLarge = customers === MILLION;
  return {
    seconds: first.result.seconds,
    lines: [
      ...nightLines(`first night of ${formatted(customers)}`, first, isLarge),
      ...nightLines(`second night of ${formatted(customers)}`, second, isLarge),
    ],
  };
}

function nightLines(
  what: string,
  { result, peakBytes, cpuSeconds }: Finished<NightResult>,
  isLarge: boolean,
): Line[] {
  const { seconds, steps, scored, moved } = result;
  const parts = Object.entries(steps).map(([step, time]) => `${step} ${formatted(time)}`);
  return [
    {
      part: 'night',
      what,
      value: seconds,
      unit: 's',
      note: `${formatted(scored)} scored, ${formatted(moved)} moved; ${parts.join(', ')} s; ${formatted(cpuSeconds)} s of processor`,
      ...(isLarge ? { budget: { atMost: BUDGET_SECONDS } } : {}),
    },
    {
      part: 'night',
      what: `${what}, peak memory`,
      value: peakBytes / 1e6,
      unit: 'MB',
      ...(isLarge ? { budget: { atMost: BUDGET_BYTES / 1e6 } } : {}),
    },
  ];
}
