import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  ListExecutionsCommand,
  ListMapRunsCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { runNight } from '../../../../ops/night/run-night.ts';
import { StageSettings } from '../../../../shared/contracts/stage.ts';

const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:clientele-test-night';
const EXECUTION = 'arn:aws:states:eu-west-1:111122223333:execution:clientele-test-night:1';
const MAP_RUN = 'arn:aws:states:eu-west-1:111122223333:mapRun:clientele-test-night/score:1';
const SHARD = 'arn:aws:states:eu-west-1:111122223333:execution:clientele-test-night/score:1';

const sfn = mockClient(SFNClient);
let said: string[] = [];
let steps: [string, number][] = [];

beforeEach(() => {
  sfn.reset();
  sfn.on(ListExecutionsCommand).resolves({ executions: [] });
  sfn.on(StartExecutionCommand).resolves({ executionArn: EXECUTION, startDate: new Date(0) });
  sfn.on(ListMapRunsCommand).resolves({ mapRuns: [] });
  said = [];
  steps = [];
});

const run = (asOf = '2026-03-14') =>
  runNight(
    {
      sfn: new SFNClient({ region: 'eu-west-1' }),
      machine: MACHINE,
      clock: () => '2026-03-15T12:00:00.000Z',
      stage: StageSettings.parse({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' }),
      pollMillis: 1,
    },
    asOf,
    { say: (text) => said.push(text), onStep: (step, millis) => steps.push([step, millis]) },
  );

let id = 0;
const event = (
  type: HistoryEvent['type'],
  second: number,
  more: Partial<HistoryEvent> = {},
): HistoryEvent => {
  id += 1;
  return { type, id, timestamp: new Date(second * 1_000), ...more };
};
const entered = (name: string, second: number) =>
  event('TaskStateEntered', second, { stateEnteredEventDetails: { name } });
const exited = (name: string, second: number) =>
  event('TaskStateExited', second, { stateExitedEventDetails: { name } });

/** What polling finds, one after the other; the last stays. */
function goes(
  ...polls: readonly { status: string; error?: string; cause?: string; events: HistoryEvent[] }[]
) {
  let poll = -1;
  sfn.on(DescribeExecutionCommand, { executionArn: EXECUTION }).callsFake(async () => {
    poll = Math.min(poll + 1, polls.length - 1);
    const { events: _later, ...told } = polls[poll] ?? { events: [] };
    return told;
  });
  sfn.on(GetExecutionHistoryCommand).callsFake(async ({ nextToken }) => {
    const events = polls[poll]?.events ?? [];
    // In pages, as a long history comes.
    return nextToken === undefined
      ? { events: events.slice(0, 2), ...(events.length > 2 ? { nextToken: 'more' } : {}) }
      : { events: events.slice(2) };
  });
}

describe('a night on a deployed stage', () => {
  it('is started for its date, and told step by step until it is done', async () => {
    const open = [entered('open', 0), exited('open', 2), entered('snapshot', 2)];
    goes(
      { status: 'RUNNING', events: open },
      {
        status: 'SUCCEEDED',
        events: [...open, exited('snapshot', 12), entered('fit', 12), exited('fit', 13)],
      },
    );

    await run();

    expect(sfn.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input)).toEqual([
      { stateMachineArn: MACHINE, input: '{"asOf":"2026-03-14"}' },
    ]);
    expect(steps).toEqual([
      ['open', 2_000],
      ['snapshot', 10_000],
      ['fit', 1_000],
    ]);
    expect(said).toEqual([expect.stringContaining(EXECUTION)]);
  });

  it('fails with the step and the code that its function failed with', async () => {
    goes({
      status: 'FAILED',
      error: 'store-unavailable',
      cause: '{"errorType":"store-unavailable","errorMessage":"store-unavailable","trace":["at secret"]}',
      events: [entered('open', 0), exited('open', 2), entered('fit', 2)],
    });

    await expect(run()).rejects.toMatchObject({
      code: 'night-failed',
      message: expect.stringMatching(/FAILED in step 'fit' \(store-unavailable\)/),
    });
    await expect(run()).rejects.not.toMatchObject({ message: expect.stringContaining('secret') });
  });

  it('fails with the code of a shard where a step runs in shards', async () => {
    goes({
      status: 'FAILED',
      error: 'States.ExceedToleratedFailureThreshold',
      cause: 'The specified tolerated failure threshold was exceeded',
      events: [entered('score', 0)],
    });
    sfn.on(ListMapRunsCommand).resolves({
      mapRuns: [
        { executionArn: EXECUTION, mapRunArn: MAP_RUN, stateMachineArn: MACHINE, startDate: new Date(0) },
      ],
    });
    sfn.on(ListExecutionsCommand, { mapRunArn: MAP_RUN }).resolves({
      executions: [
        {
          executionArn: SHARD,
          stateMachineArn: MACHINE,
          name: '1',
          status: 'FAILED',
          startDate: new Date(0),
        },
      ],
    });
    sfn
      .on(DescribeExecutionCommand, { executionArn: SHARD })
      .resolves({ status: 'FAILED', error: 'Sandbox.Timedout', cause: '{"errorMessage":"Task timed out"}' });

    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining("step 'score' (Sandbox.Timedout: Task timed out)"),
    });
  });

  it.each(['TIMED_OUT', 'ABORTED'])('fails when it ends %s', async (status) => {
    goes({ status, events: [] });

    await expect(run()).rejects.toMatchObject({
      message: expect.stringContaining(`${status} in step 'before its first step' (unknown)`),
    });
  });

  it('is not started for a day that has not come: its zone says which day it is', async () => {
    await expect(run('2026-03-16')).rejects.toMatchObject({ code: 'as-of-in-future', path: 'asOf' });

    expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });

  it('is not started while another one runs', async () => {
    sfn.on(ListExecutionsCommand).resolves({
      executions: [
        {
          executionArn: EXECUTION,
          stateMachineArn: MACHINE,
          name: '1',
          status: 'RUNNING',
          startDate: new Date('2026-03-15T02:30:00Z'),
        },
      ],
    });

    await expect(run()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('2026-03-15T02:30:00.000Z'),
    });
    expect(sfn.commandCalls(StartExecutionCommand)).toHaveLength(0);
  });
});
