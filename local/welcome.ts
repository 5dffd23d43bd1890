import Table from 'cli-table3';
import { readReport } from '../shared/application/campaigns/campaign-store.ts';
import type { NightReport } from '../shared/application/night/publish.ts';
import { keys } from '../shared/contracts/keys.ts';
import type { Slug } from '../shared/domain/kernel/ids.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Host } from './host.ts';
import type { Machine } from './machine.ts';

const QUINTILES = [1, 2, 3, 4, 5];

/** What a person wants to see after a start: what the last night found, what was sent, and where to go. */
export async function welcome({ machine, url }: Host, { path, secrets }: DataDirectory): Promise<string> {
  return [await nightText(machine), await campaignTexts(machine), addressText(url, path, secrets)]
    .filter((text) => text !== '')
    .join('\n\n');
}

async function nightText({ table }: Machine): Promise<string> {
  const current = await table.get(keys.currentRun());
  if (current === undefined) return '';
  const run = await table.get(keys.run(String(current.value['asOf'])));
  if (run === undefined) return '';
  const { customers, buyers, grid, cells, risk, models } = run.value['report'] as NightReport;
  const tested = models.churn.backTest;
  return [
    `Customers: ${customers}, of them ${buyers} have bought. As of ${String(current.value['asOf'])}.`,
    gridText(grid),
    countsText('Cell', cells),
    `Likely to stay away for ${models.churn.windowDays} days: high ${risk['high'] ?? 0}, medium ${risk['medium'] ?? 0}, low ${risk['low'] ?? 0}.`,
    tested === undefined
      ? ''
      : `Back-test of that model on the last window: AUC ${tested.model.auc.toFixed(3)} over ${tested.model.n} customers.`,
    ...models.declined.map(({ model, reason }) => `${model}: not estimated, ${reason}`),
  ]
    .filter((line) => line !== '')
    .join('\n');
}

function gridText(grid: Readonly<Record<string, number>>): string {
  const table = new Table({ head: ['R \\ F', ...QUINTILES.map(String)], style: { head: [], border: [] } });
  for (const recency of QUINTILES.toReversed()) {
    table.push([
      String(recency),
      ...QUINTILES.map((frequency) => String(grid[`${recency}-${frequency}`] ?? 0)),
    ]);
  }
  return `Customers by recency (5 is latest) and frequency (5 is most often):\n${table.toString()}`;
}

function countsText(head: string, counts: Readonly<Record<string, number>>): string {
  const table = new Table({ head: [head, 'Customers'], style: { head: [], border: [] } });
  for (const [name, count] of Object.entries(counts)) if (count > 0) table.push([name, String(count)]);
  return table.toString();
}

async function campaignTexts({ table }: Machine): Promise<string> {
  const { items } = await table.query({ table: 'control', pk: 'campaigns', limit: 5 });
  const texts = await Promise.all(
    items.map(async ({ sk }) => {
      const { report } = await readReport(table, sk as Slug);
      const refused = Object.entries(report.refused).map(([reason, count]) => `${reason} ${count}`);
      const parts = [`sent ${report.sent}`, `held out ${report.heldOut}`, ...refused];
      return `Campaign ${sk}: audience ${report.audience} = ${parts.join(' + ')}`;
    }),
  );
  return texts.join('\n');
}

const addressText = (url: string, path: string, { writeKey, accessKey }: DataDirectory['secrets']): string =>
  [
    `Clientele answers at ${url}   (every endpoint: ${url}/docs)`,
    `  events:  Authorization: Bearer ${writeKey}`,
    `  people:  Authorization: Bearer ${accessKey}`,
    `Data lies in ${path}. Ctrl-C stops.`,
  ].join('\n');
