import type { Summary } from '../../contracts/identity-schemas.ts';
import { keys } from '../../contracts/keys.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import { combine, nobody } from '../../domain/customers/aggregate.ts';
import { ContactChannel } from '../../domain/events/consent-changed.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { maskedContact } from '../customers/masked-contact.ts';
import { aggregateOf } from '../customers/read-customer.ts';
import { purchasesOf } from '../customers/show-purchases.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly stage: StageSettings;
}

/** What one customer of these profiles is, or would be; the first gives the id. */
export async function summaryOf(deps: Deps, profiles: readonly ProfileId[]): Promise<Summary> {
  const items = await deps.table.getMany(profiles.map(keys.aggregate));
  const aggregate = items.map(aggregateOf).reduce(combine, nobody);
  return {
    id: profiles[0] ?? '',
    profiles: [...profiles],
    contact: await maskedContact(deps, profiles),
    currency: deps.stage.currency,
    purchases: purchasesOf(aggregate),
    consent: Object.fromEntries(
      ContactChannel.options.map((channel) => [channel, aggregate.consent[channel]?.status ?? 'unknown']),
    ) as Summary['consent'],
  };
}
