import type { SFNClient } from '@aws-sdk/client-sfn';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { fail } from '../../shared/application/night/open.ts';
import { keys } from '../../shared/contracts/keys.ts';
import type { StageSettings } from '../../shared/contracts/stage.ts';
import { unreachable } from '../../shared/domain/kernel/unreachable.ts';
import type { Clock } from '../../shared/ports/clock.ts';
import type { Table } from '../../shared/ports/table.ts';
import { startNight } from '../night/start-night.ts';
import type { Redriven, RedriveOptions } from '../site.ts';
import { countReasons } from './count-reasons.ts';
import { reasonOf, withLetters } from './letters.ts';
import {
  type KnownRun,
  type NightLetter,
  type NightTask,
  planNight,
  readNightLetter,
} from './night-letters.ts';

interface Night {
  readonly sqs: SQSClient;
  readonly sfn: SFNClient;
  readonly letters: string;
  readonly machine: string;
  readonly table: Table;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

/** Starts the night that was not started, marks the one whose end nobody wrote down, and removes the letters. */
export async function redriveNight(night: Night, { dryRun }: RedriveOptions): Promise<Redriven> {
  return withLetters(night.sqs, night.letters, async (box) => {
    const letters = (await Array.fromAsync(box.letters())).flat();
    const read = letters.map((letter) => readNightLetter(letter, night.stage));
    const tasks = planNight(read, await knownRuns(night.table, read));
    const notes: string[] = [];
    for (const [index, task] of tasks.entries()) {
      notes.push(inWords(task));
      if (dryRun || task.todo === 'leave') continue;
      if (task.todo === 'start')
        notes.push(`It runs as ${await startNight(night.sfn, night.machine, task.run.asOf)}.`);
      if (task.todo === 'mark-failed') await fail(night)(task.run, task.reason);
      await box.remove(letters.slice(index, index + 1));
    }
    const count = (...todos: readonly NightTask['todo'][]) =>
      tasks.filter(({ todo }) => todos.includes(todo)).length;
    return {
      letters: letters.length,
      sent: count('start', 'mark-failed'),
      failed: count('leave'),
      reasons: countReasons(letters.map(reasonOf)),
      notes,
    };
  });
}

async function knownRuns(table: Table, letters: readonly NightLetter[]) {
  const dates = [...new Set(letters.flatMap((letter) => ('run' in letter ? [letter.run.asOf] : [])))];
  const [current, ...runs] = await table.getMany([keys.currentRun(), ...dates.map(keys.run)]);
  return {
    current: current && String(current.value['asOf']),
    // Written by the night's own steps.
    runs: new Map(
      dates.flatMap((date, index) => {
        const run = runs[index];
        return run === undefined ? [] : [[date, run.value as unknown as KnownRun] as const];
      }),
    ),
  };
}

function inWords(task: NightTask): string {
  switch (task.todo) {
    case 'start':
      return `The night of ${task.run.asOf} was not started; it is to be run.`;
    case 'mark-failed':
      return `The night of ${task.run.asOf} ended badly (${task.reason}), and its run is to say so.`;
    case 'nothing':
      return `The night of ${task.run.asOf} needs nothing any more.`;
    case 'forget':
      return 'A question whether the night was over; it is asked again anyway.';
    case 'leave':
      return 'A letter that is not of the night stays; look at it by hand.';
    default:
      return unreachable(task);
  }
}
