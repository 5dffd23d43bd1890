import { setTimeout as pause } from 'node:timers/promises';
import type * as z from 'zod';
import { client } from '../../local/client.ts';
import type { CampaignInput, CampaignReport } from '../../shared/contracts/speaking-schemas.ts';
import type { HostInput, HostReady, HostUsage } from '../jobs/host.ts';
import { formatted, type Line } from '../kit/line.ts';
import type { Bench } from './shop.ts';

type Report = z.infer<typeof CampaignReport>;

const POLL_MILLIS = 100;
const MILLION = 1_000_000;
const BUDGET_SECONDS = 300;

const campaign: z.input<typeof CampaignInput> = {
  name: 'To everybody',
  channel: 'email',
  rule: { everyone: true },
  template: {
    subject: 'Something for you{% if name %}, {{ name }}{% endif %}',
    body: '<p>Dear {{ name | default: "customer" }},</p><p>come by this week.</p><p>{{ unsubscribe }}</p>',
  },
};

/** One campaign to every customer, through the host: resolved, gated, claimed, written into the outbox. */
export async function audience({ workspace, shop, tell }: Bench, customers: number): Promise<Line[]> {
  const path = await shop('audience', customers, { contacts: true });
  const host = await workspace.start<HostReady>('host', { path } satisfies HostInput);
  const { call } = client(host.ready.url, host.ready.accessKey);
  tell(`Audience: ${formatted(customers)} customers`);
  await call('PUT', '/v1/campaigns/bench', campaign);
  const started = performance.now();
  await call('POST', '/v1/campaigns/bench/run');
  let report = await call<Report>('GET', '/v1/campaigns/bench/report');
  while (report.status !== 'done') {
    await pause(POLL_MILLIS);
    report = await call<Report>('GET', '/v1/campaigns/bench/report');
  }
  const seconds = (performance.now() - started) / 1_000;
  const { rssBytes, cpuSeconds } = await host.ask<HostUsage>('usage');
  await host.stop();
  workspace.remove(path);
  if (report.audience !== customers)
    throw new Error(`The campaign met ${report.audience} of ${customers} customers`);

  const refused = Object.entries(report.refused).map(([reason, count]) => `${reason} ${count}`);
  return [
    {
      part: 'audience',
      what: `${formatted(customers)} customers resolved, gated and claimed`,
      value: seconds,
      unit: 's',
      note: [`sent ${report.sent}`, `held out ${report.heldOut}`, ...refused].join(', '),
      budget: { atMost: (BUDGET_SECONDS * customers) / MILLION },
    },
    {
      part: 'audience',
      what: 'customers a second',
      value: customers / seconds,
      unit: '/s',
      note: `${((cpuSeconds / customers) * 1e6).toFixed(0)} µs of processor each; ${Math.round(rssBytes / 2 ** 20)} MiB at the end`,
    },
  ];
}
