import { ListExecutionsCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, it } from 'vitest';
import { redriveNight } from '../../ops/redrive/redrive-night.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { Value } from '../../shared/ports/table.ts';
import { type MemoryMachine, memoryMachine, NOW } from '../support/memory-machine.ts';
import { type FakeSqs, fakeSqs } from './fake-sqs.ts';

const LETTERS = 'https://sqs/night-letters';
const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:clientele-test-night';

const sfn = mockClient(SFNClient);
let sqs: FakeSqs;
let machine: MemoryMachine;

beforeEach(() => {
  sfn.reset();
  sfn.on(ListExecutionsCommand).resolves({ executions: [] });
  sfn.on(StartExecutionCommand).resolves({ executionArn: `${MACHINE}:1` });
  sqs = fakeSqs();
  machine = memoryMachine();
});

const redrive = (dryRun = false) =>
  redriveNight(
    {
      ...machine,
      sqs: sqs.client,
      sfn: new SFNClient({ region: 'eu-west-1' }),
      letters: LETTERS,
      machine: MACHINE,
    },
    { dryRun },
  );
const started = () => sfn.commandCalls(StartExecutionCommand).map(({ args }) => args[0].input);
const run = (asOf: string, value: Value) => machine.table.commit([{ put: keys.run(asOf), value }]);
const runOf = async (asOf: string) => (await machine.table.get(keys.run(asOf)))?.value;

/** As Scheduler writes it when it could not start the execution. */
const notStarted = (scheduledAt: string) =>
  sqs.put(LETTERS, JSON.stringify({ scheduledAt }), {
    ERROR_CODE: 'StepFunctions.ThrottlingException',
    SCHEDULE_ARN: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/start',
    SCHEDULED_TIME: scheduledAt,
    TARGET_ARN: MACHINE,
  });

/** As EventBridge writes it when it could not tell the function that marks failed runs. */
const notMarked = (asOf: string, stopDate: string) =>
  sqs.put(
    LETTERS,
    JSON.stringify({
      'detail-type': 'Step Functions Execution Status Change',
      detail: {
        status: 'FAILED',
        error: 'store-unavailable',
        input: JSON.stringify({ asOf }),
        stopDate: Date.parse(stopDate),
      },
    }),
    { ERROR_CODE: 'NO_PERMISSIONS' },
  );

describe('a night that was not started', () => {
  it('is started for its date, and its letter is removed', async () => {
    notStarted('2026-03-15T02:30:00Z');

    const redriven = await redrive();

    expect(redriven).toMatchObject({
      letters: 1,
      sent: 1,
      failed: 0,
      reasons: { 'StepFunctions.ThrottlingException': 1 },
    });
    expect(started()).toEqual([{ stateMachineArn: MACHINE, input: '{"asOf":"2026-03-14"}' }]);
    expect(redriven.notes.join('\n')).toContain(`${MACHINE}:1`);
    expect(sqs.bodies(LETTERS)).toEqual([]);
  });

  it('is left alone by a dry run, which tells what it would do', async () => {
    notStarted('2026-03-15T02:30:00Z');

    const { sent, notes } = await redrive(true);

    expect(sent).toBe(1);
    expect(notes).toEqual(['The night of 2026-03-14 was not started; it is to be run.']);
    expect(started()).toEqual([]);
    expect(sqs.hidden(LETTERS)).toBe(0);
  });

  it('keeps its letter while another night runs', async () => {
    sfn.on(ListExecutionsCommand).resolves({
      executions: [
        {
          executionArn: 'running',
          stateMachineArn: MACHINE,
          name: 'running',
          status: 'RUNNING',
          startDate: new Date(NOW),
        },
      ],
    });
    notStarted('2026-03-15T02:30:00Z');

    await expect(redrive()).rejects.toMatchObject({ code: 'conflict' });

    expect(sqs.bodies(LETTERS)).toHaveLength(1);
    expect(sqs.hidden(LETTERS)).toBe(0);
  });

  it('is not run any more when a later one counts', async () => {
    await machine.table.commit([{ put: keys.currentRun(), value: { asOf: '2026-03-14', shards: 3 } }]);
    notStarted('2026-03-14T02:30:00Z');

    expect(await redrive()).toMatchObject({ letters: 1, sent: 0 });

    expect(started()).toEqual([]);
    expect(sqs.bodies(LETTERS)).toEqual([]);
  });
});

describe('a failed night that nobody wrote down', () => {
  it('is marked as failed, with the code', async () => {
    await run('2026-03-14', {
      asOf: '2026-03-14',
      status: 'running',
      shards: 3,
      startedAt: '2026-03-15T02:30:00.000Z',
    });
    notMarked('2026-03-14', '2026-03-15T03:00:00Z');

    expect(await redrive()).toMatchObject({ letters: 1, sent: 1 });

    expect(await runOf('2026-03-14')).toMatchObject({
      status: 'failed',
      reason: 'FAILED store-unavailable',
      startedAt: '2026-03-15T02:30:00.000Z',
    });
    expect(sqs.bodies(LETTERS)).toEqual([]);
  });

  it('is not marked when it was done again meanwhile', async () => {
    await run('2026-03-14', {
      asOf: '2026-03-14',
      status: 'done',
      shards: 3,
      startedAt: '2026-03-15T09:00:00.000Z',
    });
    notMarked('2026-03-14', '2026-03-15T03:00:00Z');

    expect(await redrive()).toMatchObject({ letters: 1, sent: 0 });

    expect(await runOf('2026-03-14')).toMatchObject({ status: 'done' });
    expect(sqs.bodies(LETTERS)).toEqual([]);
  });
});

describe('a letter that nobody can read', () => {
  it('stays for somebody to look at, and does not keep the others from going', async () => {
    sqs.put(LETTERS, 'hello');
    notStarted('2026-03-15T02:30:00Z');

    expect(await redrive()).toMatchObject({ letters: 2, sent: 1, failed: 1 });

    expect(sqs.bodies(LETTERS)).toEqual(['hello']);
    expect(sqs.hidden(LETTERS)).toBe(0);
  });
});
