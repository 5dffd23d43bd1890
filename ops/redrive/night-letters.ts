import * as z from 'zod';
import type { NightRun } from '../../shared/contracts/night.ts';
import { Ended, runOf, Start } from '../../shared/contracts/night-input.ts';
import type { StageSettings } from '../../shared/contracts/stage.ts';
import { unreachable } from '../../shared/domain/kernel/unreachable.ts';
import type { Letter } from './letters.ts';

/** What a letter of the night was about. */
export type NightLetter =
  /** The schedule could not start the night. */
  | { readonly kind: 'start'; readonly run: NightRun }
  | Ending
  /** Somebody asked whether the night is over, and asks again anyway. */
  | { readonly kind: 'question' }
  | { readonly kind: 'unreadable' };

/** Nobody could write down that a night had ended badly. */
interface Ending {
  readonly kind: 'ended';
  readonly run: NightRun;
  readonly reason: string;
  readonly at: string;
}

/** Epoch milliseconds, as Step Functions tells times by EventBridge. */
const Stopped = z.object({ detail: z.object({ stopDate: z.number() }) });

export function readNightLetter({ body, attributes }: Letter, settings: StageSettings): NightLetter {
  if (attributes['TARGET_ARN']?.includes(':lambda:') && attributes['SCHEDULE_ARN'] !== undefined)
    return { kind: 'question' };
  // Scheduler attaches the planned time; its input says it too, but may lie inside the call that failed.
  const planned = Start.safeParse({ scheduledAt: attributes['SCHEDULED_TIME'] });
  if (planned.success) return { kind: 'start', run: runOf(planned.data, settings) };
  const value = parsed(body);
  const start = Start.safeParse(value);
  if (start.success) return { kind: 'start', run: runOf(start.data, settings) };
  const ended = Ended.safeParse(value);
  const stopped = Stopped.safeParse(value);
  if (!ended.success || !stopped.success) return { kind: 'unreadable' };
  const { input, status, error = '' } = ended.data.detail;
  return {
    kind: 'ended',
    run: runOf(input, settings),
    reason: `${status} ${error}`.trim(),
    at: new Date(stopped.data.detail.stopDate).toISOString(),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** How a run stands, as the control table keeps it. */
export interface KnownRun {
  readonly status: 'running' | 'done' | 'failed';
  readonly startedAt: string;
}

/** What is to be done about one letter. */
export type NightTask =
  | { readonly todo: 'start' | 'nothing'; readonly run: NightRun }
  | { readonly todo: 'mark-failed'; readonly run: NightRun; readonly reason: string }
  | { readonly todo: 'forget' }
  | { readonly todo: 'leave' };

/**
 * Decides about all letters together, one task a letter. Of several nights that were not started only the newest
 * is worth running, and none that a later night has overtaken: it would put older results in the place of newer.
 */
export function planNight(
  letters: readonly NightLetter[],
  known: { readonly current: string | undefined; readonly runs: ReadonlyMap<string, KnownRun> },
): readonly NightTask[] {
  const starts = letters.flatMap((letter) => (letter.kind === 'start' ? [letter.run.asOf] : []));
  const newest = starts.toSorted().at(-1) ?? '';
  let worthwhile = newest > (known.current ?? '') && known.runs.get(newest)?.status !== 'running';
  return letters.map((letter): NightTask => {
    switch (letter.kind) {
      case 'start': {
        const { run } = letter;
        if (!worthwhile || run.asOf !== newest) return { todo: 'nothing', run };
        worthwhile = false;
        return { todo: 'start', run };
      }
      case 'ended':
        return isStillTrue(letter, known.runs.get(letter.run.asOf))
          ? { todo: 'mark-failed', run: letter.run, reason: letter.reason }
          : { todo: 'nothing', run: letter.run };
      case 'question':
        return { todo: 'forget' };
      case 'unreadable':
        return { todo: 'leave' };
      default:
        return unreachable(letter);
    }
  });
}

/** Not where the run says so already, or has begun again since. */
const isStillTrue = ({ at }: Ending, run: KnownRun | undefined): boolean =>
  run === undefined || (run.status === 'running' && run.startedAt <= at);
