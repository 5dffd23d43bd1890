import { setTimeout as pause } from 'node:timers/promises';
import type { ClerkInput, ClerkResult } from '../jobs/clerk.ts';
import type { HostReady, HostUsage } from '../jobs/host.ts';
import type { TillsInput, TillsResult } from '../jobs/tills.ts';
import type { Server, Workspace } from '../kit/workspace.ts';
import { SHOP } from './shop.ts';

/** Connections that send receipts at the same time. */
export const TILLS = 6;
export const LOOK_UPS_PER_SECOND = 50;
const SAMPLE_MILLIS = 500;

/** One load on a running host. */
export interface Phase {
  readonly run: string;
  readonly batch: number;
  readonly seconds: number;
  /** Receipts a second over all tills; left out, as many as the host takes. */
  readonly perSecond?: number;
  readonly lookUps?: boolean;
  /** Share of what the tills send that they told before; left out, what tills do on a good day. */
  readonly doubled?: number;
}

export interface Measured {
  readonly phase: Phase;
  readonly tills: TillsResult;
  readonly clerk: ClerkResult | undefined;
  /** From the first request until everything accepted was folded and archived. */
  readonly seconds: number;
  /** Messages that were not folded yet when the tills stopped. */
  readonly waitingAtEnd: number;
  readonly cpuSeconds: number;
  /** Memory of the host every half second. */
  readonly rssBytes: readonly number[];
}

/** Lets tills and clerks loose on the host at the same moment, and waits until its queues are empty. */
export async function measure(
  workspace: Workspace,
  host: Server<HostReady>,
  phase: Phase,
): Promise<Measured> {
  const { url, writeKey, accessKey } = host.ready;
  const { run, batch, seconds, perSecond, doubled } = phase;
  const load: TillsInput = {
    url,
    key: writeKey,
    run,
    tills: TILLS,
    batch,
    seconds,
    members: SHOP,
    ...(perSecond && { perSecond }),
    ...(doubled && { doubled }),
  };
  const questions: ClerkInput = {
    url,
    key: accessKey,
    seconds,
    perSecond: LOOK_UPS_PER_SECOND,
    members: SHOP,
  };
  const till = await workspace.start('tills', load);
  const clerk = phase.lookUps ? await workspace.start('clerk', questions) : undefined;

  const before = await host.ask<HostUsage>('usage');
  const rssBytes = [before.rssBytes];
  const sampler = setInterval(() => {
    void host.ask<HostUsage>('usage').then((usage) => rssBytes.push(usage.rssBytes));
  }, SAMPLE_MILLIS);
  try {
    const [tills, lookUps] = await Promise.all([till.ask<TillsResult>('go'), clerk?.ask<ClerkResult>('go')]);
    const waitingAtEnd = await host.ask<number>('waiting');
    while ((await host.ask<number>('waiting')) > 0) await pause(20);
    const emptyAt = Date.now();
    const after = await host.ask<HostUsage>('usage');
    await Promise.all([till.stop(), clerk?.stop()]);
    return {
      phase,
      tills,
      clerk: lookUps,
      seconds: (emptyAt - tills.firstAt) / 1_000,
      waitingAtEnd,
      cpuSeconds: after.cpuSeconds - before.cpuSeconds,
      rssBytes: [...rssBytes, after.rssBytes],
    };
  } finally {
    clearInterval(sampler);
  }
}
