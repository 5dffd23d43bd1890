import * as z from 'zod';
import { calendar, daysBefore, isoFromDay } from '../domain/kernel/day.ts';
import type { NightRun } from './night.ts';
import type { StageSettings } from './stage.ts';

/** What goes from step to step. */
export const Run = z.object({ asOf: z.iso.date(), shards: z.int().min(1) });

/** One iteration of a `map` step. */
export const Shard = z.object({ run: Run, shard: z.int().min(0) });

/** Whoever asks how the night stands need not say more: the schedule does not, nor does a person by hand. */
export const Question = z.unknown();

/** The night of a date that somebody named, or the one that the schedule means. */
export const Start = z.union([z.object({ asOf: z.iso.date() }), z.object({ scheduledAt: z.iso.datetime() })]);
export type Start = z.infer<typeof Start>;

/** A night that starts after midnight is about the day before. */
export const runOf = (start: Start, { zone, shards }: StageSettings): NightRun => ({
  asOf: 'asOf' in start ? start.asOf : isoFromDay(daysBefore(calendar(zone)(start.scheduledAt), 1)),
  shards,
});

/** EventBridge's word that an execution ended badly; its input is the text that the execution was started with. */
export const Ended = z.object({
  detail: z.object({
    status: z.string(),
    /** Null where nobody gave one: a night that was stopped, or took too long. */
    error: z
      .string()
      .nullish()
      .transform((error) => error ?? ''),
    input: z
      .string()
      .transform((text, context): unknown => {
        try {
          return JSON.parse(text);
        } catch {
          context.addIssue('is not JSON');
          return z.NEVER;
        }
      })
      .pipe(Start),
  }),
});
