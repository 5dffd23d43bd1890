import { keys } from '../contracts/keys.ts';
import type { Clock } from '../ports/clock.ts';
import type { Keyring } from '../ports/keyring.ts';
import type { Sender } from '../ports/sender.ts';
import type { Table } from '../ports/table.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/**
 * The Sender for stages without a channel, for demonstrations and tests: it keeps each message, sealed under
 * its customer's key, where it can be looked at. One a campaign and customer; a repeat answers the first.
 */
export const outboxSender = ({ table, keyring, clock }: Deps): Sender => ({
  async send({ campaign, customer, channel, to, subject, body }) {
    const reference = `outbox/${campaign}/${customer}`;
    const sealed = await keyring.seal(customer, JSON.stringify({ to, subject, body }));
    const value = { at: clock(), channel, reference, sealed };
    await table.commit([{ put: keys.sentMessage(campaign, customer), value, if: 'absent' }]);
    return { status: 'sent', reference };
  },
});
