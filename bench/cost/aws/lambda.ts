import type { Context } from 'aws-lambda';
import { assumed } from '../reference.ts';
import { gbSecondsOf, logBytesOf, millisOnShare, tracesOf } from '../rules.ts';
import type { Deployed, DeployedFunction } from '../template.ts';
import type { Tally } from '../usage.ts';
import type { Network } from './network.ts';

export type Handler = (event: never, context: Context) => Promise<unknown>;

interface Needs {
  readonly deployed: Deployed;
  readonly tally: Tally;
  readonly network: Network;
  readonly now: () => number;
}

export interface Lambda {
  /** Runs a function's handler with this event and counts what the invocation costs. */
  invoke<Answer>(name: string, handler: Handler, event: unknown): Promise<Answer>;
  /** Counts the traces of what was invoked since the last time. */
  settleTraces(): void;
}

const context: Context = {
  callbackWaitsForEmptyEventLoop: true,
  functionName: 'clientele-europe-customers-fold-events',
  functionVersion: '$LATEST',
  invokedFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:clientele-europe-customers-fold-events',
  memoryLimitInMB: '1024',
  awsRequestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
  logGroupName: '/clientele/europe/customers/fold-events',
  logStreamName: '2026/11/20/[$LATEST]1',
  getRemainingTimeInMillis: () => 60_000,
  done: () => undefined,
  fail: () => undefined,
  succeed: () => undefined,
};

/**
 * Processor time is measured here, stretched to the function's share of a processor, and the assumed network is
 * added; a share of invocations also starts its environment.
 */
export function lambda({ deployed, tally, network, now }: Needs): Lambda {
  const bySecond = new Map<string, Map<number, number>>();

  const noteTrace = (name: string): void => {
    const seconds = bySecond.get(name) ?? new Map<number, number>();
    const second = Math.floor(now() / 1_000);
    seconds.set(second, (seconds.get(second) ?? 0) + 1);
    bySecond.set(name, seconds);
  };

  const count = ({ memoryMb }: DeployedFunction, cpuMillis: number, lines: readonly string[]): void => {
    const { share, millis } = assumed.cold;
    tally.count('invocations', 1);
    tally.count('gbSeconds', gbSecondsOf(millisOnShare(cpuMillis, memoryMb) + network.take(), memoryMb));
    tally.count('gbSeconds', share * gbSecondsOf(millis, memoryMb));
    tally.count('secretCalls', share);
    tally.count('logBytes', logBytesOf(lines));
  };

  return {
    async invoke<Answer>(name: string, handler: Handler, event: unknown) {
      const fn = deployed.functions.get(name);
      if (fn === undefined) throw new Error(`${name} stands in no template`);
      if (fn.traced) noteTrace(name);
      network.take();
      const log = captureOutput();
      const before = process.cpuUsage();
      try {
        const answer = await handler(event as never, context);
        const { user, system } = process.cpuUsage(before);
        count(fn, (user + system) / 1_000, log.lines);
        return answer as Answer;
      } finally {
        log.restore();
      }
    },
    settleTraces() {
      for (const seconds of bySecond.values()) tally.count('traces', tracesOf(seconds.values()));
      bySecond.clear();
    },
  };
}

/** Lambda takes what a function prints for its log; here it is counted and not shown. */
function captureOutput() {
  const lines: string[] = [];
  const { write } = process.stdout;
  process.stdout.write = (chunk: string | Uint8Array): boolean => {
    lines.push(String(chunk));
    return true;
  };
  return {
    lines,
    restore: () => {
      process.stdout.write = write;
    },
  };
}
