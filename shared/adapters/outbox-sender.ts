import * as z from 'zod';
import { keys } from '../contracts/keys.ts';
import { ContactChannel } from '../domain/events/consent-changed.ts';
import { NotFound } from '../domain/kernel/errors.ts';
import type { CustomerId, Slug } from '../domain/kernel/ids.ts';
import type { Clock } from '../ports/clock.ts';
import type { Keyring } from '../ports/keyring.ts';
import type { Sender } from '../ports/sender.ts';
import type { Item, Table } from '../ports/table.ts';

interface Needs {
  readonly table: Table;
  readonly keyring: Keyring;
}

const Kept = z.object({ at: z.string(), channel: ContactChannel, reference: z.string(), sealed: z.string() });
const Content = z.object({ to: z.string(), subject: z.string().optional(), body: z.string() });

/** A message as it would have gone out; `erased` when its customer's key is destroyed. */
export type OutboxMessage = {
  readonly customer: CustomerId;
  /** When it was sent, ISO 8601 UTC. */
  readonly at: string;
  readonly channel: ContactChannel;
  readonly reference: string;
} & (
  | {
      readonly status: 'kept';
      readonly to: string;
      readonly subject?: string | undefined;
      readonly body: string;
    }
  | { readonly status: 'erased' }
);

/**
 * The Sender for stages without a channel, for demonstrations and tests: it keeps each message, sealed under
 * its customer's key, where it can be looked at. One a campaign and customer; a repeat answers the first.
 */
export const outboxSender = ({ table, keyring, clock }: Needs & { readonly clock: Clock }): Sender => ({
  async send({ campaign, customer, channel, to, subject, body }) {
    const reference = `outbox/${campaign}/${customer}`;
    const sealed = await keyring.seal(customer, JSON.stringify({ to, subject, body }));
    const value = { at: clock(), channel, reference, sealed };
    await table.commit([{ put: keys.sentMessage(campaign, customer), value, if: 'absent' }]);
    return { status: 'sent', reference };
  },
});

async function opened(keyring: Keyring, { sk, value }: Item): Promise<OutboxMessage> {
  const customer = sk as CustomerId;
  const { sealed, ...head } = Kept.parse(value);
  try {
    const content = Content.parse(JSON.parse(await keyring.open(customer, sealed)));
    return { customer, ...head, status: 'kept', ...content };
  } catch (error) {
    if (error instanceof NotFound) return { customer, ...head, status: 'erased' };
    throw error;
  }
}

interface Part {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

/** The messages of a campaign, by customer. */
export async function readOutbox(
  { table, keyring }: Needs,
  campaign: Slug,
  { limit, cursor }: Part,
): Promise<{ readonly messages: readonly OutboxMessage[]; readonly cursor: string | undefined }> {
  const { table: name, pk } = keys.sentMessage(campaign, '' as CustomerId);
  const page = await table.query({ table: name, pk, limit, cursor });
  return {
    messages: await Promise.all(page.items.map((item) => opened(keyring, item))),
    cursor: page.cursor,
  };
}
