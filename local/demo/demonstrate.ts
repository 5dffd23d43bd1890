import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import { calendar, daysBefore, isoFromDay } from '../../shared/domain/kernel/day.ts';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { type Client, client } from '../client.ts';
import type { DataDirectory } from '../data-directory.ts';
import type { Host } from '../host.ts';
import type { Machine } from '../machine.ts';
import { runNight } from '../night.ts';
import { settle } from '../settle.ts';
import { demoYear } from './demo-year.ts';

/** Items of one request: what a shop system that catches up would send. */
const BATCH = 250;
const SEED = 20_260_101;
const POLL_MILLIS = 50;

const PROGRESS = { table: 'control', pk: 'demonstration', sk: 'state' } as const;

/** The campaign of the sample year: those who begin to stay away and may be written to. */
export const DEMO_CAMPAIGN = 'we-miss-you';

/** Has the sample year been begun here and not finished? */
export async function isInterrupted({ table }: Machine): Promise<boolean> {
  const state = await table.get(PROGRESS);
  return state !== undefined && state.value['finished'] !== true;
}

/**
 * Fills a new directory with a year of a small retailer, through the endpoints that everybody uses, runs
 * the night and a campaign. Broken off, it goes on at the next start: what came before is a duplicate.
 */
export async function demonstrate(
  host: Host,
  directory: DataDirectory,
  write: (text: string) => void,
): Promise<void> {
  const { machine, url } = host;
  const begun = await machine.table.get(PROGRESS);
  const lastDay = String(begun?.value['lastDay'] ?? yesterday(machine));
  await machine.table.commit([{ put: PROGRESS, value: { lastDay, finished: false } }]);

  write(`No data yet: a year of a small retailer, up to ${lastDay}.\n`);
  await feed(client(url, directory.secrets.writeKey), lastDay);
  await settle(machine);
  write('The night: ');
  await runNight(machine, directory, lastDay, {
    onStep: (step, millis) => write(`${step} ${(millis / 1_000).toFixed(1)} s  `),
  });
  write('\n');
  await speak(client(url, directory.secrets.accessKey));
  await machine.table.commit([{ put: PROGRESS, value: { lastDay, finished: true } }]);
}

const yesterday = ({ clock, stage }: Machine): string =>
  isoFromDay(daysBefore(calendar(stage.zone)(clock()), 1));

async function feed(source: Client, lastDay: string): Promise<void> {
  const events = [...demoYear({ seed: SEED, lastDay })];
  const bar = new SingleBar({
    format: 'Events {bar} {percentage}% | {value} of {total} | {eta} s left',
    hideCursor: true,
  });
  bar.start(events.length, 0);
  try {
    for (const batch of groupsOf(events, BATCH)) {
      await source.call('POST', '/v1/events', { events: batch });
      bar.increment(batch.length);
    }
  } finally {
    bar.stop();
  }
}

async function speak(marketer: Client): Promise<void> {
  await marketer.call('PUT', '/v1/segments/slipping-away', {
    name: 'Members who are slipping away',
    rule: {
      and: [
        { trait: 'enrolled', is: true },
        { trait: 'churn.band', in: ['medium', 'high'] },
        { trait: 'recencyDays', atMost: 180 },
      ],
    },
  });
  await marketer.call('PUT', `/v1/campaigns/${DEMO_CAMPAIGN}`, {
    name: 'We miss you',
    channel: 'email',
    segment: 'slipping-away',
    template: {
      subject: 'We kept something for you{% if name %}, {{ name }}{% endif %}',
      body: '<p>Dear {{ name | default: "customer" }},</p><p>it has been a while. Your next visit is 10 % off.</p><p>{{ unsubscribe }}</p>',
    },
  });
  await marketer.call('POST', `/v1/campaigns/${DEMO_CAMPAIGN}/run`);
  for (;;) {
    const { status } = await marketer.call<{ status: string }>(
      'GET',
      `/v1/campaigns/${DEMO_CAMPAIGN}/report`,
    );
    if (status === 'done') return;
    await pause(POLL_MILLIS);
  }
}
