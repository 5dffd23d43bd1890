import { Command } from 'commander';
import { readStatus, type Status } from '../../shared/application/customers/status.ts';
import { formatMoney } from '../../shared/domain/kernel/money.ts';
import type { Backlog } from '../site.ts';
import { print, printJson, withSite } from './context.ts';

/**
 * `--json` prints the Status (shared/application/customers/status.ts) with `pending` and `dead`: messages by the
 * part they are for.
 */
export const statusCommand = (): Command =>
  new Command('status')
    .description('Counts, amounts, the state hash, and what waits or gave up.')
    .option('--json', 'for machines; amounts in minor units')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withSite(command, async (site) => {
        const status = { ...(await readStatus(site)), ...(await site.backlog()) };
        if (json) printJson(status);
        else print(inWords(status));
      }),
    );

function inWords({
  profiles,
  customers,
  facts,
  signals,
  amounts,
  quarantine,
  stateHash,
  pending,
  dead,
}: Status & Backlog): string {
  const money = Object.entries(amounts).map(
    ([currency, { gross, returned, adjustments, net }]) =>
      `Sold ${formatMoney(gross, currency)}, returned ${formatMoney(returned, currency)}, adjusted ${formatMoney(adjustments, currency)}, net ${formatMoney(net, currency)}`,
  );
  return [
    `${customers} customers, ${profiles} profiles`,
    ...money,
    `Facts: ${listed(facts)}`,
    `Signals: ${listed(signals)}`,
    `Quarantine: ${listed(quarantine)}`,
    `Waiting: ${listed(some(pending))}`,
    `Gave up: ${listed(some(dead))}`,
    `State hash: ${stateHash}`,
  ].join('\n');
}

const some = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));

export const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
