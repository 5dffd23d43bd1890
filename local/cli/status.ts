import { Command } from 'commander';
import { readStatus, type Status } from '../../shared/application/customers/status.ts';
import { formatMoney } from '../../shared/domain/kernel/money.ts';
import { print, printJson, withMachine } from './context.ts';

export const statusCommand = (): Command =>
  new Command('status')
    .description('Counts, amounts and the state hash of the data directory.')
    .option('--json', 'for machines; amounts in minor units')
    .action(({ json }: { json?: boolean }, command: Command) =>
      withMachine(command, async ({ machine }) => {
        const status = {
          ...(await readStatus(machine)),
          pending: machine.deliveries.pending(),
          dead: machine.deliveries.dead(),
        };
        if (json) printJson(status);
        else print(inWords(status));
      }),
    );

function inWords({ profiles, customers, facts, signals, amounts, quarantine, stateHash }: Status): string {
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
    `State hash: ${stateHash}`,
  ].join('\n');
}

const listed = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';
