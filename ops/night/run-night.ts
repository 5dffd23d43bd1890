import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  paginateGetExecutionHistory,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { StageSettings } from '../../shared/contracts/stage.ts';
import { calendar, dayFromIso, isoFromDay } from '../../shared/domain/kernel/day.ts';
import { ClienteleError, InvalidInput } from '../../shared/domain/kernel/errors.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { NightWatch } from '../site.ts';
import { codeOf, type StepTold, stepsIn } from './history.ts';
import { startNight } from './start-night.ts';

/** A step failed for good; the scores of the night before keep counting. */
export class NightFailed extends ClienteleError {
  readonly code = 'night-failed';
}

interface Deps {
  readonly sfn: SFNClient;
  readonly machine: string;
  readonly clock: Clock;
  readonly stage: StageSettings;
  readonly pollMillis?: number;
}

/** Starts the night on a deployed stage and waits for its end. */
export async function runNight(
  { sfn, machine, clock, stage, pollMillis = 2_000 }: Deps,
  asOf: string,
  { say, onStep }: NightWatch,
): Promise<void> {
  refuseFuture(asOf, isoFromDay(calendar(stage.zone)(clock())));
  const executionArn = await startNight(sfn, machine, asOf);
  say(`Runs as ${executionArn}; it goes on when this command is stopped.`);
  const told = new Set<string>();
  for (;;) {
    const { status, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    const steps = await readSteps(sfn, executionArn);
    for (const { step, millis } of steps) {
      if (millis === undefined || told.has(step)) continue;
      told.add(step);
      onStep(step, millis);
    }
    if (status === 'SUCCEEDED') return;
    if (status !== 'RUNNING') {
      const inShard = await failureOfShard(sfn, executionArn);
      const failed = steps.find(({ millis }) => millis === undefined)?.step ?? 'before its first step';
      throw new NightFailed(
        `The night of ${asOf} ended ${status} in step '${failed}' (${codeOf(inShard ?? { error, cause })}). The log group of that step says where; when it is mended, run the night again: every step may be repeated. ${executionArn}`,
      );
    }
    await pause(pollMillis);
  }
}

/** Asked before anything is started: the first step would say so too, after minutes of trying. */
function refuseFuture(asOf: string, today: string): void {
  if (dayFromIso(asOf) <= dayFromIso(today)) return;
  throw new InvalidInput('as-of-in-future', 'asOf', `asOf: ${asOf} has not come yet; today is ${today}`);
}

async function readSteps(client: SFNClient, executionArn: string): Promise<readonly StepTold[]> {
  const pages = paginateGetExecutionHistory({ client }, { executionArn, includeExecutionData: false });
  return stepsIn((await Array.fromAsync(pages)).flatMap(({ events = [] }) => events));
}

/** Of a step that runs in shards the execution itself says only that there were too many failures. */
async function failureOfShard(sfn: SFNClient, executionArn: string) {
  const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn }));
  for (const { mapRunArn } of mapRuns) {
    const { executions: [shard] = [] } = await sfn.send(
      new ListExecutionsCommand({ mapRunArn, statusFilter: 'FAILED', maxResults: 1 }),
    );
    if (shard !== undefined)
      return sfn.send(new DescribeExecutionCommand({ executionArn: shard.executionArn }));
  }
  return undefined;
}
