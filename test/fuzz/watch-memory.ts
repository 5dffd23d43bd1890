import { readFileSync } from 'node:fs';

const SAMPLE_MILLIS = 500;
const PAGE_KIB = 4;

/** Whole MiB of resident memory. */
export interface MemorySeen {
  /** After the first third of the time. */
  readonly early: number;
  readonly end: number;
  readonly mostMib: number;
}

/** Samples a process of this machine, which has to be a Linux, until it is stopped. */
export function watchMemory(pid: number): { stop(): MemorySeen } {
  const seen: number[] = [];
  const look = (): void => {
    const [, pages] = readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ');
    seen.push(Math.round((Number(pages) * PAGE_KIB) / 1_024));
  };
  const timer = setInterval(look, SAMPLE_MILLIS);
  return {
    stop() {
      clearInterval(timer);
      look();
      const early = seen[Math.floor(seen.length / 3)] ?? 0;
      return { early, end: seen.at(-1) ?? 0, mostMib: Math.max(...seen) };
    },
  };
}
