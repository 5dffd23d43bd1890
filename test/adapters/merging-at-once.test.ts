import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamoTable } from '../../shared/adapters/aws/dynamo-table.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { foldEvents } from '../../shared/application/customers/fold-events.ts';
import { readCustomer } from '../../shared/application/customers/read-customer.ts';
import { identityApi } from '../../shared/application/identity/identity-api.ts';
import { StageSettings } from '../../shared/contracts/stage.ts';
import { dayFromIso } from '../../shared/domain/kernel/day.ts';
import type { ProfileId } from '../../shared/domain/kernel/ids.ts';
import { aSale, profile } from '../builders/an-event.ts';
import { type DynamoLocal, hasJava, startDynamoLocal } from '../support/dynamo-local.ts';

const stage = StageSettings.parse({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' });
const clock = () => '2026-03-15T12:00:00.000Z';
const pause = (attempt: number) =>
  new Promise<void>((resolve) => setTimeout(resolve, attempt * 20 * Math.random()));

describe.skipIf(!hasJava())('merges and links of one chain at the same moment on DynamoDB', () => {
  let local: DynamoLocal;

  beforeAll(async () => {
    local = await startDynamoLocal();
  }, 60_000);
  afterAll(() => local.stop());

  it('end in one customer, whose profiles all know the same', async () => {
    const table = dynamoTable(local.client, await local.createTables());
    const deps = {
      table,
      clock,
      stage,
      pause,
      keyring: keyring({ master: new Uint8Array(32).fill(7), table }),
    };
    const members = ['ada', 'bob', 'cleo', 'dora'].map((name) => profile(name));
    const phones = members.map((_, n) => profile(`nr${'abcd'[n]}`, 'phone'));
    const fold = foldEvents(deps);
    await fold(members.map((one, n) => aSale(10 ** n, { profile: one })));
    const { mergeCustomers } = identityApi(deps);
    const merge = (a: ProfileId | undefined, b: ProfileId | undefined) =>
      mergeCustomers({
        params: undefined,
        query: undefined,
        body: { customers: [a ?? profile(''), b ?? profile('')] },
        caller: { kind: 'person', name: 'olga', roles: ['ops'] },
      });

    await Promise.all([
      ...members.slice(1).map((one, n) => merge(members[n], one)),
      ...members.map((one, n) =>
        fold([aSale(10 ** (n + 4), { profile: one, linked: phones.slice(n, n + 1) })]),
      ),
    ]);

    const all = [...members, ...phones];
    const found = await Promise.all(all.map((one) => readCustomer(table, one, dayFromIso('2026-03-15'))));
    expect(new Set(found.map((one) => one?.profiles.join())).size).toBe(1);
    expect(new Set(found[0]?.profiles)).toEqual(new Set(all));
    expect(found[0]?.view.aggregate.stores['ams-01']?.net).toBe(11_111_111);
  }, 60_000);
});
