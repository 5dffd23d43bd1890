import type { Caller, Handlers } from '../../contracts/handler.ts';
import type { StageSettings } from '../../contracts/stage.ts';
import type { Ids } from '../../domain/events/event.ts';
import { kindsInWords, normalise } from '../../domain/identity/normalise.ts';
import { calendar } from '../../domain/kernel/day.ts';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import type { ProfileId } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { listCallBacks } from './call-backs.ts';
import { type CustomerRecord, readCustomer } from './read-customer.ts';
import { readTimeline } from './read-timeline.ts';
import { showCustomer } from './show-customer.ts';
import { sightOfCaller } from './sight-of-caller.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
  readonly stage: StageSettings;
}

type Answered = 'getCustomer' | 'lookUpCustomer' | 'getTimeline' | 'listCallBacks';

/** Answers the endpoints under /v1/customers and /v1/care. */
export const customersApi = (deps: Deps): Handlers<Answered> => {
  const { table, keyring, clock, stage } = deps;
  const dayOf = calendar(stage.zone);

  const find = async (profile: ProfileId): Promise<CustomerRecord> => {
    const found = await readCustomer(table, profile, dayOf(clock()));
    if (found === undefined) throw new NotFound('customer', profile);
    return found;
  };
  const show = (found: CustomerRecord, caller: Caller) =>
    showCustomer(deps, found, sightOfCaller(caller), clock());

  return {
    getCustomer: async ({ params, caller }) => ({ body: await show(await find(params.id), caller) }),

    async lookUpCustomer({ body, caller }) {
      const { identifiers, refused } = normalise(filledIn(body), stage);
      const [first] = refused;
      if (first !== undefined)
        throw new InvalidInput(first.code, first.kind, `${first.kind} ${first.detail}`);
      for (const { kind, value } of identifiers) {
        const found = await readCustomer(table, keyring.profileId(kind, value), dayOf(clock()));
        if (found !== undefined) return { body: await show(found, caller) };
      }
      if (identifiers.length > 0)
        throw new NotFound(`customer of this ${identifiers.map(({ kind }) => kind).join(' or ')}`);
      throw new InvalidInput('invalid-field', 'body', `body: name one of ${kindsInWords}`);
    },

    async getTimeline({ params, query, caller }) {
      const { profiles } = await find(params.id);
      return { body: await readTimeline(deps, profiles, query, sightOfCaller(caller)) };
    },

    listCallBacks: async ({ query }) => ({
      body: await listCallBacks(table, query, { callBackHours: stage.callBackHours, now: clock() }),
    }),
  };
};

/** What was left empty on a till's screen is not asked for. */
const filledIn = (ids: Ids): Ids =>
  Object.fromEntries(
    Object.entries(ids).filter(([, value]) => typeof value === 'string' && value.trim() !== ''),
  );
