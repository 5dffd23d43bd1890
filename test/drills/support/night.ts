import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  paginateListExecutions,
  paginateListMapRuns,
  RedriveExecutionCommand,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { NightReport } from '../../../shared/application/night/publish.ts';
import { keys } from '../../../shared/contracts/keys.ts';
import type { DrillStage } from './stage.ts';

export interface Run {
  readonly status: string;
  readonly reason?: string;
  readonly report?: NightReport;
}

/** What is kept of a night, and which night counts. */
export async function nightRun({ table }: DrillStage, asOf: string): Promise<Run | undefined> {
  // Written by the night's own steps.
  return (await table.get(keys.run(asOf)))?.value as unknown as Run | undefined;
}
export const currentNight = async ({ table }: DrillStage): Promise<unknown> =>
  (await table.get(keys.currentRun()))?.value['asOf'];

export async function startNight({ clients, deployed }: DrillStage, asOf: string): Promise<string> {
  const { executionArn = '' } = await clients.sfn.send(
    new StartExecutionCommand({ stateMachineArn: deployed.nightMachine, input: JSON.stringify({ asOf }) }),
  );
  return executionArn;
}

const MOST_MILLIS = 120_000;

/** Waits until an execution is over; answers how it ended. */
export async function ended({ clients }: DrillStage, executionArn: string): Promise<string> {
  for (const deadline = Date.now() + MOST_MILLIS; ; ) {
    const { status = '' } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status !== 'RUNNING') return status;
    if (Date.now() > deadline) throw new Error(`${executionArn} has not ended`);
    await pause(100);
  }
}

/** Attempts that failed: `single` for steps that run once, else by the map step whose shard it was. */
export async function failedAttempts(
  stage: DrillStage,
  executionArn: string,
): Promise<Readonly<Record<string, number>>> {
  const { sfn: client } = stage.clients;
  const failed: Record<string, number> = {};
  const count = async (name: string, arn: string) => {
    const attempts = await failuresIn(stage, arn);
    if (attempts > 0) failed[name] = (failed[name] ?? 0) + attempts;
  };
  await count('single', executionArn);
  for await (const { mapRuns = [] } of paginateListMapRuns({ client }, { executionArn })) {
    for (const { mapRunArn = '' } of mapRuns) {
      const step = mapRunArn.split('/').at(-1)?.split(':')[0] ?? '';
      for await (const { executions = [] } of paginateListExecutions({ client }, { mapRunArn })) {
        for (const shard of executions) await count(step, shard.executionArn ?? '');
      }
    }
  }
  return failed;
}

async function failuresIn({ clients }: DrillStage, executionArn: string): Promise<number> {
  const { events = [] } = await clients.sfn.send(
    new GetExecutionHistoryCommand({ executionArn, maxResults: 1_000 }),
  );
  return events.filter(({ type }) => type === 'TaskFailed').length;
}

/** Lets a failed execution go on where it failed; an emulator that cannot do it starts the night again. */
export async function redriveNight(stage: DrillStage, executionArn: string, asOf: string): Promise<string> {
  try {
    await stage.clients.sfn.send(new RedriveExecutionCommand({ executionArn }));
    return executionArn;
  } catch (error) {
    if (!(error instanceof Error) || !/^(InvalidAction|UnknownOperationException)$/.test(error.name))
      throw error;
    return startNight(stage, asOf);
  }
}

/** Makes the emulator's state machines wait so much of the time that they should; answers how to set it back. */
export async function waitOnly({ endpoint }: DrillStage, share: number): Promise<() => Promise<void>> {
  const set = async (scale: number) => {
    const body = JSON.stringify({ 'stepfunctions._SFN_WAIT_SCALE': scale });
    await fetch(`${endpoint}/_ministack/config`, { method: 'POST', body });
  };
  await set(share);
  return () => set(1);
}
