import { setTimeout as pause } from 'node:timers/promises';
import {
  DescribeExecutionCommand,
  paginateGetExecutionHistory,
  paginateListExecutions,
  paginateListMapRuns,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { OpenStage } from '../../ops/open-stage.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { dayFromIso, daysBefore, isoFromDay } from '../../shared/domain/kernel/day.ts';
import type { Kept, Run } from './host.ts';

const NIGHT_MILLIS = 120_000;
const POLL_MILLIS = 100;

/** Starts the state machine with what EventBridge Scheduler gives it the morning after, and waits for its end. */
export async function runNight(
  { clients, deployed, table }: OpenStage,
  asOf: string,
  patience: number,
): Promise<Run> {
  const scheduledAt = `${isoFromDay(daysBefore(dayFromIso(asOf), -1))}T01:30:00Z`;
  const { executionArn } = await clients.sfn.send(
    new StartExecutionCommand({
      stateMachineArn: deployed.nightMachine,
      input: JSON.stringify({ scheduledAt }),
    }),
  );
  const deadline = Date.now() + patience * NIGHT_MILLIS;
  for (;;) {
    const { status, error, cause } = await clients.sfn.send(new DescribeExecutionCommand({ executionArn }));
    if (status === 'SUCCEEDED') break;
    if (status !== 'RUNNING') throw new Error(`The night ended ${status}: ${error} ${cause}`);
    if (Date.now() > deadline) throw new Error(`The night of ${asOf} has not ended`);
    await pause(patience * POLL_MILLIS);
  }
  // Written by the night's own steps.
  return (await table.get(keys.run(asOf)))?.value as unknown as Run;
}

export interface Execution {
  readonly arn: string;
  readonly status: string;
}

/** The nights that were started since, newest first. */
export async function nightsSince({ clients, deployed }: OpenStage, since: number): Promise<Execution[]> {
  const found: Execution[] = [];
  const machine = { stateMachineArn: deployed.nightMachine };
  for await (const { executions = [] } of paginateListExecutions({ client: clients.sfn }, machine))
    for (const { executionArn: arn = '', status = '', startDate } of executions)
      if (Number(startDate) >= since) found.push({ arn, status });
  return found;
}

/** The shards of each distributed map of a night, a list a map. */
export async function shardsOf(client: SFNClient, executionArn: string): Promise<Execution[][]> {
  const maps: Execution[][] = [];
  for await (const { mapRuns = [] } of paginateListMapRuns({ client }, { executionArn })) {
    for (const { mapRunArn } of mapRuns) {
      const shards: Execution[] = [];
      for await (const { executions = [] } of paginateListExecutions({ client }, { mapRunArn }))
        shards.push(...executions.map(({ executionArn: arn = '', status = '' }) => ({ arn, status })));
      maps.push(shards);
    }
  }
  return maps;
}

/** What AWS keeps of each night: all that went in and out of its steps. */
export async function* nightHistory(stage: OpenStage, since: number): AsyncIterable<Kept> {
  const { sfn: client } = stage.clients;
  for (const { arn } of await nightsSince(stage, since)) {
    const shards = await shardsOf(client, arn);
    for (const { arn: executionArn } of [{ arn }, ...shards.flat()])
      for await (const { events = [] } of paginateGetExecutionHistory({ client }, { executionArn }))
        for (const event of events) yield { place: 'history of the night', text: JSON.stringify(event) };
  }
}
