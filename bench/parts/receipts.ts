import { setTimeout as pause } from 'node:timers/promises';
import { shares } from '../generated/receipts.ts';
import type { ClerkInput, ClerkResult } from '../jobs/clerk.ts';
import type { HostInput, HostReady, HostUsage } from '../jobs/host.ts';
import type { Books, StatusInput } from '../jobs/status.ts';
import type { TillsInput, TillsResult } from '../jobs/tills.ts';
import type { Latency } from '../kit/latency.ts';
import type { Line } from '../kit/line.ts';
import type { Server, Workspace } from '../kit/workspace.ts';
import { type Bench, SHOP } from './shop.ts';

const TILLS = 6;
/** What a till sends that catches up, or a small shop system every few seconds. */
const BATCH = 50;
const BUDGET_PER_SECOND = 3_000;
const LOOK_UPS_PER_SECOND = 50;
const BUDGET_LOOK_UP_MILLIS = 20;
const SAMPLE_MILLIS = 500;

interface Phase {
  readonly run: string;
  readonly batch: number;
  readonly seconds: number;
  readonly perSecond?: number;
  readonly lookUps?: boolean;
}

interface Measured {
  readonly phase: Phase;
  readonly tills: TillsResult;
  readonly clerk: ClerkResult | undefined;
  /** Everything accepted was folded and archived at this time, epoch milliseconds. */
  readonly emptyAt: number;
  readonly waitingAtEnd: number;
  readonly cpuSeconds: number;
  readonly rssBytes: readonly number[];
}

/** Receipts through HTTP into durable records, and look-ups of customers meanwhile. */
export async function receipts({ workspace, quick, shop, tell }: Bench): Promise<Line[]> {
  const path = await shop('receipts', SHOP);
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
  const single = await run({ run: 'one-by-one', batch: 1, seconds: quick ? 3 : 10 });
  await host.stop();
  checkBooks([warm, full, paced, single], before, await booksOf(workspace, path));
  return [
    ...rateLines(full, BUDGET_PER_SECOND),
    ...memoryLines(full),
    ...lookUpLines(full, false),
    ...lookUpLines(paced, true),
    ...rateLines(single),
  ];
}

const booksOf = async (workspace: Workspace, path: string): Promise<Books> =>
  (await workspace.run<Books>('status', { path } satisfies StatusInput)).result;

/** Runs the tills, waits until the last queue is empty, and watches the host meanwhile. */
async function measure(workspace: Workspace, host: Server<HostReady>, phase: Phase): Promise<Measured> {
  const { url, writeKey, accessKey } = host.ready;
  const { run, batch, seconds, perSecond } = phase;
  const before = await host.ask<HostUsage>('usage');
  const rssBytes = [before.rssBytes];
  const sampler = setInterval(() => {
    void host.ask<HostUsage>('usage').then((usage) => rssBytes.push(usage.rssBytes));
  }, SAMPLE_MILLIS);
  try {
    const load: TillsInput = {
      url,
      key: writeKey,
      run,
      tills: TILLS,
      batch,
      seconds,
      members: SHOP,
      ...(perSecond && { perSecond }),
    };
    const questions: ClerkInput = {
      url,
      key: accessKey,
      seconds,
      perSecond: LOOK_UPS_PER_SECOND,
      members: SHOP,
    };
    const tills = await workspace.start('tills', load);
    const clerk = phase.lookUps ? await workspace.start('clerk', questions) : undefined;
    const [sent, lookUps] = await Promise.all([tills.ask<TillsResult>('go'), clerk?.ask<ClerkResult>('go')]);
    const waitingAtEnd = await host.ask<number>('waiting');
    while ((await host.ask<number>('waiting')) > 0) await pause(20);
    const emptyAt = Date.now();
    const after = await host.ask<HostUsage>('usage');
    await Promise.all([tills.stop(), clerk?.stop()]);
    const cpuSeconds = after.cpuSeconds - before.cpuSeconds;
    return {
      phase,
      tills: sent,
      clerk: lookUps,
      emptyAt,
      waitingAtEnd,
      cpuSeconds,
      rssBytes: [...rssBytes, after.rssBytes],
    };
  } finally {
    clearInterval(sampler);
  }
}

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

function rateLines({ phase, tills, emptyAt, waitingAtEnd, cpuSeconds }: Measured, budget?: number): Line[] {
  const { batch } = phase;
  const what = `receipts accepted, folded and durable, batches of ${batch}`;
  const seconds = (emptyAt - tills.firstAt) / 1_000;
  const note =
    `${tills.receipts} receipts of 3 lines on ${TILLS} connections, ${shares.strangers * 100} % strangers, ` +
    `${shares.doubled * 100} % told twice; totals equal to the cent; ${waitingAtEnd} messages waiting at the end`;
  return [
    {
      part: 'receipts',
      what,
      value: tills.receipts / seconds,
      unit: '/s',
      note,
      ...(budget === undefined ? {} : { budget: { atLeast: budget } }),
    },
    {
      part: 'receipts',
      what: `processor time of the host, batches of ${batch}`,
      value: (cpuSeconds / tills.receipts) * 1e6,
      unit: 'µs/receipt',
      note: 'server and worker; hardly depends on what else the machine does',
    },
    {
      part: 'receipts',
      what: `answer to a batch of ${batch}, p99`,
      value: tills.answers.p99,
      unit: 'ms',
      note: `p50 ${Math.round(tills.answers.p50)} ms`,
    },
  ];
}

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
      note: `start ${Math.round(mib(rssBytes[0]))}, middle ${Math.round(middle)}`,
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

function lookUpLines({ clerk, phase }: Measured, isBudget: boolean): Line[] {
  const load = phase.perSecond === undefined ? 'flat out' : `${phase.perSecond} receipts/s`;
  const line = (what: string, { p50, p95, p99, count }: Latency): Line => ({
    part: 'look-up',
    what: `${what} at ${load}, p99`,
    value: p99,
    unit: 'ms',
    note: `p50 ${p50.toFixed(1)}, p95 ${p95.toFixed(1)} ms of ${count}, asked ${LOOK_UPS_PER_SECOND} times a second by another process`,
    ...(isBudget ? { budget: { atMost: BUDGET_LOOK_UP_MILLIS } } : {}),
  });
  if (clerk === undefined) return [];
  return [line('customer by id', clerk.byId), line('customer by member number', clerk.byNumber)];
}
