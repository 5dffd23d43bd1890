import type * as z from 'zod';
import type { CustomerAnswer } from '../../contracts/customer-schemas.ts';
import type { Handlers } from '../../contracts/handler.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { Share } from '../../domain/customers/aggregate.ts';
import { totalsOf } from '../../domain/customers/totals.ts';
import { ContactChannel } from '../../domain/events/consent-changed.ts';
import { kindsInWords, normalise } from '../../domain/identity/normalise.ts';
import { calendar, isoFromDay } from '../../domain/kernel/day.ts';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { maskedContact } from './masked-contact.ts';
import { type CustomerRecord, readCustomer } from './read-customer.ts';
import { readTimeline } from './read-timeline.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

type Answer = z.input<typeof CustomerAnswer>;

/** Answers the endpoints under /v1/customers. */
export const customersApi = (deps: Deps): Handlers<'getCustomer' | 'lookUpCustomer' | 'getTimeline'> => {
  const { table, keyring, clock, stage } = deps;
  const dayOf = calendar(stage.zone);

  const find = async (profile: ProfileId): Promise<CustomerRecord> => {
    const found = await readCustomer(table, profile, dayOf(clock()));
    if (found === undefined) throw new NotFound('customer', profile);
    return found;
  };

  return {
    getCustomer: async ({ params }) => ({ body: await answer(deps, await find(params.id)) }),

    async lookUpCustomer({ body }) {
      const { identifiers, refused } = normalise(body, stage);
      const [first] = refused;
      if (first !== undefined)
        throw new InvalidInput(first.code, first.kind, `${first.kind} ${first.detail}`);
      for (const { kind, value } of identifiers) {
        const found = await readCustomer(table, keyring.profileId(kind, value), dayOf(clock()));
        if (found !== undefined) return { body: await answer(deps, found) };
      }
      if (identifiers.length > 0)
        throw new NotFound('customer', identifiers.map(({ kind }) => kind).join(' or '));
      throw new InvalidInput('invalid-field', 'body', `body: name one of ${kindsInWords}`);
    },

    async getTimeline({ params, query }) {
      const { profiles } = await find(params.id);
      return { body: await readTimeline(table, profiles, query) };
    },
  };
};

async function answer(deps: Deps, { view, profiles }: CustomerRecord): Promise<Answer> {
  const { aggregate, score } = view;
  const { lastDay, ...totals } = totalsOf(aggregate);
  return {
    id: view.id,
    profiles: [...profiles],
    ...(aggregate.enrolledAt === undefined ? {} : { enrolledAt: aggregate.enrolledAt }),
    ...(aggregate.firstSeen === undefined ? {} : { firstSeen: aggregate.firstSeen }),
    ...(aggregate.lastSeen === undefined ? {} : { lastSeen: aggregate.lastSeen }),
    contact: await maskedContact(deps, profiles),
    currency: deps.stage.currency,
    purchases: { ...totals, ...(lastDay === undefined ? {} : { lastDay: isoFromDay(lastDay) }) },
    categories: byNet(aggregate.categories),
    channels: byNet(aggregate.channels),
    stores: byNet(aggregate.stores),
    consent: Object.fromEntries(
      ContactChannel.options.map((channel) => [channel, aggregate.consent[channel]?.status ?? 'unknown']),
    ) as Answer['consent'],
    traits: Object.fromEntries(Object.entries(aggregate.traits).map(([name, { value }]) => [name, value])),
    ...(score === undefined ? {} : { score: score as Answer['score'] }),
  };
}

/** Largest first, equal ones by name. */
const byNet = (shares: Readonly<Record<string, Share>>) =>
  Object.entries(shares)
    .map(([name, share]) => ({ name, ...share }))
    .sort((a, b) => b.net - a.net || (a.name < b.name ? -1 : 1));
