import type { Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { PollRoute } from '../../contracts/poll-routes.ts';
import type { PollInput } from '../../contracts/poll-schemas.ts';
import type { ShopName } from '../../domain/dialects/shop-receipts.ts';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { progressOf } from './poll-progress.ts';
import { findPoll, type KeptPoll, sealedCredentials, writePoll } from './poll-store.ts';
import { readSource } from './source-store.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** Answers the endpoints under /v1/sources/{id}/poll. */
export function pollsApi({ table, keyring, clock }: Deps): Handlers<PollRoute> {
  const told = async (id: string, { origin, location, since, setting }: KeptPoll) => {
    const {
      since: askedUntil,
      lastSuccessAt,
      lastError,
    } = await progressOf(table, keys.shopPollProgress(id), setting);
    return { id, origin, location, since, askedUntil, lastSuccessAt, lastError };
  };
  return {
    async getPoll({ params: { id } }) {
      const poll = await findPoll(table, id);
      if (poll === undefined) throw new NotFound('poll of source', id);
      return { body: await told(id, poll) };
    },

    async putPoll({ params: { id }, body }) {
      const credentials = credentialsFor(await readSource(table, id), body);
      const since = sinceIn(body, clock());
      const { origin, location } = body;
      const sealed = await sealedCredentials(keyring, id, credentials);
      const poll = {
        origin: new URL(origin).origin,
        since,
        setting: keyring.newSecret(),
        sealed,
        ...(location === undefined ? {} : { location }),
      };
      await writePoll(table, id, poll);
      // Whoever sets it anew wants it asked from there, and not from where it was.
      await table.commit([{ remove: keys.shopPollProgress(id) }]);
      return { body: await told(id, poll) };
    },

    async removePoll({ params: { id } }) {
      if ((await findPoll(table, id)) === undefined) throw new NotFound('poll of source', id);
      await table.commit([{ remove: keys.shopPoll(id) }, { remove: keys.shopPollProgress(id) }]);
      return { body: { id, removed: true } };
    },
  };
}

/** From a day to come, nothing would be asked for, and nobody told. */
function sinceIn({ since }: PollInput, now: string): string {
  const from = new Date(since ?? now).toISOString();
  if (from <= now) return from;
  throw new InvalidInput('invalid-field', 'body.since', 'body.since: is still to come; leave it out for now');
}

const NEEDED: Readonly<Record<ShopName, readonly (keyof PollInput['credentials'])[]>> = {
  shopify: ['token'],
  square: ['token'],
  woocommerce: ['key', 'secret'],
};

/** Those that the shop takes, and no others. */
function credentialsFor({ kind }: Source, { credentials }: PollInput): Record<string, string> {
  if (kind === 'webhook')
    throw new InvalidInput('not-a-shop', 'id', 'id: only shopify, square and woocommerce can be asked');
  return Object.fromEntries(
    NEEDED[kind].map((name) => {
      const value = credentials[name];
      if (value !== undefined) return [name, value];
      const path = `body.credentials.${name}`;
      throw new InvalidInput(
        'invalid-field',
        path,
        `${path}: is missing; ${kind} is asked by ${NEEDED[kind].join(' and ')}`,
      );
    }),
  );
}
