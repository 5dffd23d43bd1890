import { keys } from '../../contracts/keys.ts';
import { type Sight, shown } from '../../domain/customers/mask.ts';
import type { ContactChannel } from '../../domain/events/consent-changed.ts';
import type { CustomerId, Slug } from '../../domain/kernel/ids.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Outgoing } from '../../ports/sender.ts';
import type { Table } from '../../ports/table.ts';
import { unlessErased } from '../customers/contact.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

const fieldOf = { email: 'email', sms: 'phone' } as const satisfies Record<ContactChannel, string>;

interface Kept {
  readonly customer: string;
  readonly channel: ContactChannel;
  readonly at: string;
  readonly to?: string;
  readonly subject?: string;
  readonly body?: string;
  /** The customer's key is gone, and with it what was written. */
  readonly erased?: boolean;
}

interface Page {
  readonly messages: Kept[];
  readonly cursor?: string;
}

/** Messages that the outbox sender kept, by customer id, opened; addresses as the caller may see them. */
export async function readOutbox(
  { table, keyring }: Deps,
  campaign: Slug,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
  sight: Sight,
): Promise<Page> {
  const { pk } = keys.sentMessage(campaign, '' as CustomerId);
  const page = await table.query({ table: 'vault', pk, limit, cursor });
  const messages = await Promise.all(
    page.items.map(async ({ sk: customer, value }): Promise<Kept> => {
      const { at, channel, sealed } = value as { at: string; channel: ContactChannel; sealed: string };
      const text = await keyring.open(customer, sealed).catch(unlessErased);
      if (text === undefined) return { customer, channel, at, erased: true };
      const { to, subject, body } = JSON.parse(text) as Pick<Outgoing, 'to' | 'subject' | 'body'>;
      const address = shown(fieldOf[channel], to, sight);
      return {
        customer,
        channel,
        at,
        ...(address === undefined ? {} : { to: address }),
        body,
        ...(subject === undefined ? {} : { subject }),
      };
    }),
  );
  return { messages, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}
