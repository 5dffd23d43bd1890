import { shares } from '../generated/receipts.ts';
import type { HostInput, HostReady } from '../jobs/host.ts';
import type { Books, StatusInput } from '../jobs/status.ts';
import type { TillsResult } from '../jobs/tills.ts';
import type { Latency } from '../kit/latency.ts';
import { formatted, type Line } from '../kit/line.ts';
import type { Workspace } from '../kit/workspace.ts';
import { LOOK_UPS_PER_SECOND, type Measured, measure, type Phase, TILLS } from './phase.ts';
import { type Bench, SHOP } from './shop.ts';

/** What a till sends that catches up, or a small shop system every few seconds. */
const BATCH = 50;
/** Tills that lost their connection and send everything again that was not answered. */
const DOUBLED = 0.3;
const BUDGET_PER_SECOND = 3_000;
const BUDGET_LOOK_UP_MILLIS = 20;

/** Receipts through HTTP into durable records, and look-ups of customers meanwhile. */
export async function receipts({ workspace, quick, shop, tell }: Bench): Promise<Line[]> {
  const path = await shop('receipts', SHOP, { contacts: true });
  const before = await booksOf(workspace, path);
  const host = await workspace.start<HostReady>('host', { path } satisfies HostInput);
  const run = async (phase: Phase): Promise<Measured> => {
    tell(`Receipts: ${phase.run}, ${phase.seconds} s in batches of ${phase.batch}`);
    return measure(workspace, host, phase);
  };
  const warm = await run({ run: 'warm-up', batch: BATCH, seconds: quick ? 3 : 5 });
  const full = await run({ run: 'flat-out', batch: BATCH, seconds: quick ? 10 : 20, lookUps: true });
  const paced = await run({
    run: 'at-the-budget',
    batch: BATCH,
    seconds: quick ? 5 : 15,
    perSecond: BUDGET_PER_SECOND,
    lookUps: true,
  });
  const doubled = await run({ run: 'told-twice', batch: BATCH, seconds: quick ? 5 : 15, doubled: DOUBLED });
  const single = await run({ run: 'one-by-one', batch: 1, seconds: quick ? 3 : 10 });
  await host.stop();
  checkBooks([warm, full, paced, doubled, single], before, await booksOf(workspace, path));
  workspace.remove(path);
  return [
    ...rateLines(full, BUDGET_PER_SECOND),
    ...memoryLines(full),
    ...lookUpLines(paced, BUDGET_LOOK_UP_MILLIS),
    ...lookUpLines(full),
    ...rateLines(doubled),
    againstFlatOut(doubled, full),
    ...rateLines(single),
  ];
}

const booksOf = async (workspace: Workspace, path: string): Promise<Books> =>
  (await workspace.run<Books>('status', { path } satisfies StatusInput)).result;

/** To the cent, or there is nothing to report. */
function checkBooks(phases: readonly Measured[], before: Books, after: Books): void {
  const sum = (of: (tills: TillsResult) => number): number =>
    phases.reduce((total, { tills }) => total + of(tills), 0);
  const expected: Books = {
    gross: before.gross + sum(({ gross }) => gross),
    returned: before.returned + sum(({ returned }) => returned),
    facts: before.facts + sum(({ receipts: count }) => count),
  };
  const [sent, kept] = [JSON.stringify(expected), JSON.stringify(after)];
  if (sent !== kept) throw new Error(`The books do not agree: sent ${sent}, kept ${kept}`);
}

const percent = (share: number): string => `${Math.round(share * 100)} %`;

function rateLines(measured: Measured, budget?: number): Line[] {
  const { phase, tills, seconds, waitingAtEnd, cpuSeconds } = measured;
  const name =
    phase.doubled === undefined
      ? `batches of ${phase.batch}`
      : `${percent(phase.doubled)} told twice, batches of ${phase.batch}`;
  const how =
    `${formatted(tills.receipts)} receipts of 3 lines, known by their number, on ${TILLS} connections into ${formatted(SHOP)} customers, ` +
    `${percent(shares.strangers)} strangers, ${percent(phase.doubled ?? shares.doubled)} told twice; totals equal to the cent; ` +
    `${formatted(waitingAtEnd)} messages waiting when the tills stopped`;
  return [
    {
      part: 'receipts',
      what: `accepted, folded and durable, ${name}`,
      value: tills.receipts / seconds,
      unit: '/s',
      note: how,
      ...(budget === undefined ? {} : { budget: { atLeast: budget } }),
    },
    {
      part: 'receipts',
      what: `processor time of the host, ${name}`,
      value: (cpuSeconds / tills.receipts) * 1e6,
      unit: 'µs/receipt',
      note: 'all its threads; hardly depends on what else the machine does',
    },
    {
      part: 'receipts',
      what: `answer, ${name}, p99`,
      value: tills.answers.p99,
      unit: 'ms',
      note: `p50 ${formatted(tills.answers.p50)} ms`,
    },
  ];
}

/** New receipts alone are counted, so what is told twice costs what it takes to recognise it. */
const againstFlatOut = (doubled: Measured, full: Measured): Line => ({
  part: 'receipts',
  what: `messages a second with ${percent(DOUBLED)} told twice, over those without`,
  value: doubled.tills.receipts / (1 - DOUBLED) / doubled.seconds / (full.tills.receipts / full.seconds),
  unit: '×',
  note: 'both in this run',
});

function memoryLines({ rssBytes }: Measured): Line[] {
  const mib = (bytes = 0): number => bytes / 2 ** 20;
  const middle = mib(rssBytes[Math.floor(rssBytes.length / 2)]);
  const end = mib(rssBytes.at(-1));
  return [
    {
      part: 'receipts',
      what: 'memory of the host at the end',
      value: end,
      unit: 'MiB',
      note: `start ${formatted(mib(rssBytes[0]))}, middle ${formatted(middle)}`,
    },
    {
      part: 'receipts',
      what: 'memory of the host, end over middle',
      value: end / middle,
      unit: '×',
      note: '1 is flat',
      budget: { atMost: 1.15 },
    },
  ];
}

function lookUpLines({ clerk, phase, tills, seconds }: Measured, budget?: number): Line[] {
  if (clerk === undefined) return [];
  const load = phase.perSecond === undefined ? 'flat out' : `at ${formatted(phase.perSecond)} receipts/s`;
  const line = (what: string, { p50, p95, p99, count }: Latency): Line => ({
    part: 'look-up',
    what: `${what}, ${load}, p99`,
    value: p99,
    unit: 'ms',
    note:
      `p50 ${formatted(p50)}, p95 ${formatted(p95)} ms of ${count}, asked ${LOOK_UPS_PER_SECOND} times a second by ` +
      `another process; ${formatted(tills.receipts / seconds)} receipts/s reached`,
    ...(budget === undefined ? {} : { budget: { atMost: budget } }),
  });
  return [line('customer by id', clerk.byId), line('customer by member number', clerk.byNumber)];
}
