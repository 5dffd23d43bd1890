import * as z from 'zod';
import type { Key } from '../../contracts/key.ts';
import type { Table } from '../../ports/table.ts';

/** How far a shop was asked. */
export const Progress = z.object({
  /** The setting that it belongs to: a run under way while somebody set the poll anew says nothing of the new one. */
  setting: z.string().optional(),
  /** What changed since is asked for next. */
  since: z.string().optional(),
  /** Pages that were begun and not finished: since when they were asked for, when, and which is next. */
  walk: z.object({ since: z.string(), begun: z.string(), page: z.string().optional() }).optional(),
  lastSuccessAt: z.string().optional(),
  /** Gone with the next success. */
  lastError: z.object({ code: z.string(), at: z.string() }).optional(),
});
export type Progress = z.infer<typeof Progress>;

/** What cannot be read was never progress: the shop is asked from the start, and what it tells again counts once. */
export async function progressOf(table: Table, place: Key, setting?: string): Promise<Progress> {
  const item = await table.get(place);
  const progress = Progress.safeParse(item?.value ?? {}).data ?? {};
  return progress.setting === setting ? progress : { setting };
}

/** Of two runs at once the last one counts: what both ask for twice is taken once. */
export async function writeProgress(table: Table, place: Key, progress: Progress): Promise<void> {
  await table.commit([{ put: place, value: { ...progress } }]);
}
