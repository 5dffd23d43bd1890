import { createHash } from 'node:crypto';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where and when the numbers were taken; without it they say nothing. */
export interface Surroundings {
  readonly date: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  readonly system: string;
  readonly node: string;
  /** Processes that wanted a core in the minute before the start; above 0.5 the numbers suffer from company. */
  readonly loadBefore: number;
}

export const surroundings = (): Surroundings => ({
  date: new Date().toISOString().slice(0, 10),
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: availableParallelism(),
  memoryGib: Math.round(totalmem() / 2 ** 30),
  system: `${type()} ${release()}`,
  node: process.version,
  loadBefore: Math.round((loadavg()[0] ?? 0) * 10) / 10,
});

export const described = ({ date, cpu, cores, memoryGib, system, node, loadBefore }: Surroundings): string =>
  `${cpu}, ${cores} cores, ${memoryGib} GiB, ${system}, Node ${node}, ${date}, load before the start ${loadBefore}`;

const YARDSTICK_BYTES = 64 * 2 ** 20;

/** MB a second that one thread hashes by SHA-256: the same work every time, so it shows how free the machine was. */
export function yardstick(): number {
  const block = Buffer.alloc(2 ** 20);
  const hash = createHash('sha256');
  const started = performance.now();
  for (let done = 0; done < YARDSTICK_BYTES; done += block.length) hash.update(block);
  hash.digest();
  return YARDSTICK_BYTES / 1e6 / ((performance.now() - started) / 1_000);
}
