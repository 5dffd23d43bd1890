import { keys } from '../../contracts/keys.ts';
import type { NightRun } from '../../contracts/night.ts';
import type { NightModel } from '../../domain/insight/night-model.ts';
import type { Score } from '../../domain/insight/score.ts';
import { moved, scorer } from '../../domain/insight/score-customer.ts';
import type { CustomerId } from '../../domain/kernel/ids.ts';
import type { Blob } from '../../ports/blob.ts';
import type { Table, Write } from '../../ports/table.ts';
import { files, readJson, readJsonLines, writeJson } from './files.ts';
import type { Row, Sampled } from './snapshot.ts';
import { tallier } from './tally.ts';

interface Deps {
  readonly table: Table;
  readonly blob: Blob;
}

/** One customer of the sample, with the score it has after this night. */
export interface SampledCustomer extends Sampled {
  readonly score: Score | undefined;
}

/** Scores written at a time: few enough that the day's writers get in between. */
const TOGETHER = 100;

/** Scores one shard and writes only what moved, each score by itself: a step that fails is done again. */
export const score =
  ({ table, blob }: Deps) =>
  async (run: NightRun, shard: number): Promise<void> => {
    const scoreOf = scorer(await readJson<NightModel>(blob, files.model(run)));
    const sampled = await readSampled(blob, run, shard);
    const scores = new Map<CustomerId, Score>();
    const counts = tallier();

    const writeFor = (row: Row): Write | undefined => {
      if ('stale' in row) return { remove: keys.score(row.stale) };
      const next = scoreOf(row.history);
      const hasMoved = moved(row.previous, next);
      counts.count(next, hasMoved);
      if (sampled.has(row.id)) scores.set(row.id, hasMoved ? next : (row.previous ?? next));
      return hasMoved ? { put: keys.score(row.id), value: { ...next } } : undefined;
    };

    let writes: Write[] = [];
    for await (const row of readJsonLines<Row>(blob, files.rows(run, shard))) {
      const write = writeFor(row);
      if (write !== undefined) writes.push(write);
      if (writes.length < TOGETHER) continue;
      await table.writeEach(writes);
      writes = [];
    }
    await table.writeEach(writes);

    await blob.write(
      files.sample(run, shard),
      [...sampled.values()].map((one) =>
        JSON.stringify({ ...one, score: scores.get(one.id) } satisfies SampledCustomer),
      ),
    );
    await writeJson(blob, files.tally(run, shard), counts.tally());
  };

async function readSampled(blob: Blob, run: NightRun, shard: number): Promise<Map<CustomerId, Sampled>> {
  const sampled = new Map<CustomerId, Sampled>();
  for await (const one of readJsonLines<Sampled>(blob, files.sampled(run, shard))) sampled.set(one.id, one);
  return sampled;
}
