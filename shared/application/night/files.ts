import type { NightRun } from '../../contracts/night.ts';
import type { Blob } from '../../ports/blob.ts';

/** Names of what the steps of one night hand to each other. */
export const files = {
  rows: ({ asOf }: NightRun, shard: number) => `runs/${asOf}/rows/${pad(shard)}.ndjson`,
  statistics: ({ asOf }: NightRun, shard: number) => `runs/${asOf}/statistics/${pad(shard)}.json`,
  /** A few whole customers, to estimate the size of segments from. */
  sampled: ({ asOf }: NightRun, shard: number) => `runs/${asOf}/sampled/${pad(shard)}.ndjson`,
  sample: ({ asOf }: Pick<NightRun, 'asOf'>, shard: number) => `runs/${asOf}/sample/${pad(shard)}.ndjson`,
  model: ({ asOf }: NightRun) => `runs/${asOf}/model.json`,
  tally: ({ asOf }: NightRun, shard: number) => `runs/${asOf}/tallies/${pad(shard)}.json`,
} as const;

const pad = (shard: number): string => String(shard).padStart(5, '0');

export const shardsOf = ({ shards }: Pick<NightRun, 'shards'>): number[] =>
  Array.from({ length: shards }, (_, shard) => shard);

export const writeJson = (blob: Blob, name: string, value: unknown): Promise<void> =>
  blob.write(name, [JSON.stringify(value)]);

/** A file of one line. The caller names the type that the step before it wrote. */
export async function readJson<T>(blob: Blob, name: string): Promise<T> {
  for await (const line of blob.read(name)) return JSON.parse(line) as T;
  throw new Error(`${name} is empty`);
}

export async function* readJsonLines<T>(blob: Blob, name: string): AsyncIterable<T> {
  for await (const line of blob.read(name)) yield JSON.parse(line) as T;
}
