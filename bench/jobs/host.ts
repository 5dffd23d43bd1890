import { openDataDirectory } from '../../local/data-directory.ts';
import { startHost } from '../../local/host.ts';
import { server } from '../kit/job.ts';

export interface HostInput {
  readonly path: string;
}

export interface HostReady {
  readonly url: string;
  readonly writeKey: string;
  readonly accessKey: string;
}

/** What the whole process uses, server and worker together. */
export interface HostUsage {
  readonly rssBytes: number;
  readonly cpuSeconds: number;
}

/** The host as `npm start` runs it, less the scheduler. */
await server<HostInput>(async ({ path }) => {
  const directory = openDataDirectory(path);
  const { url, machine, stop } = await startHost(directory, { port: 0, nights: false });
  const { writeKey, accessKey } = directory.secrets;
  const usage = (): HostUsage => {
    const { user, system } = process.cpuUsage();
    return { rssBytes: process.memoryUsage.rss(), cpuSeconds: (user + system) / 1e6 };
  };
  const waiting = (): number => {
    const counts = [machine.deliveries.pending(), machine.deliveries.dead()];
    return counts.flatMap((count) => Object.values(count)).reduce((sum, count) => sum + count, 0);
  };
  return { ready: { url, writeKey, accessKey } satisfies HostReady, questions: { usage, waiting }, stop };
});
