import { once } from 'node:events';
import { Command } from 'commander';
import { scanCustomers } from '../../shared/application/customers/scan-customers.ts';
import { toStored } from '../../shared/domain/customers/stored-aggregate.ts';
import { totalsOf } from '../../shared/domain/customers/totals.ts';
import { print, withSite } from './context.ts';

export const exportCommand = (): Command =>
  new Command('export').description('Writes what is known to standard output.').addCommand(
    new Command('customers')
      .description('Every customer: aggregate and score. No personal data is in it.')
      .option('--json', 'a JSON object a line (NDJSON)')
      .action(({ json }: { json?: boolean }, command: Command) =>
        withSite(command, async ({ table }) => {
          if (!json) print('id\torders\tnet\tlifecycle\tcell\ttier\tchurn');
          for await (const { id, profiles, aggregate, score } of scanCustomers(table, {
            shard: 0,
            of: 1,
          })) {
            const totals = totalsOf(aggregate);
            const line = json
              ? JSON.stringify({ id, profiles, totals, aggregate: toStored(aggregate), score })
              : [
                  id,
                  totals.orders,
                  totals.net,
                  score?.lifecycle,
                  score?.rfm?.cell,
                  score?.tier,
                  score?.churn?.probability,
                ].join('\t');
            if (!process.stdout.write(`${line}\n`)) await once(process.stdout, 'drain');
          }
        }),
      ),
  );
