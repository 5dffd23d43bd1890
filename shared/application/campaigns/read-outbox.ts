import { keys } from '../../contracts/keys.ts';
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

/** Messages that the outbox sender kept, by customer id, opened. */
export async function readOutbox(
  { table, keyring }: Deps,
  campaign: Slug,
  { limit, cursor }: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<Page> {
  const { pk } = keys.sentMessage(campaign, '' as CustomerId);
  const page = await table.query({ table: 'vault', pk, limit, cursor });
  const messages = await Promise.all(
    page.items.map(async ({ sk: customer, value }): Promise<Kept> => {
      const { at, channel, sealed } = value as { at: string; channel: ContactChannel; sealed: string };
      const text = await keyring.open(customer, sealed).catch(unlessErased);
      if (text === undefined) return { customer, channel, at, erased: true };
      const { to, subject, body } = JSON.parse(text) as Pick<Outgoing, 'to' | 'subject' | 'body'>;
      return { customer, channel, at, to, body, ...(subject === undefined ? {} : { subject }) };
    }),
  );
  return { messages, ...(page.cursor === undefined ? {} : { cursor: page.cursor }) };
}
