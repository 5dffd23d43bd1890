import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GrantedKey } from '../../shared/application/http/manage-keys.ts';
import { aReceipt } from '../builders/a-receipt.ts';
import { type Host, startHost } from '../support/host.ts';
import { signedBy } from '../support/signed-by.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

const aSigningKey = (): Promise<GrantedKey> =>
  host.grantKey({ kind: 'signing', grant: { kind: 'source', name: 'till-7' } });

const now = (): number => Math.floor(Date.now() / 1_000);

const headerOf = ({ key, secret }: GrantedKey, body: string, time = now()): string =>
  signedBy({ id: key.id, secret, time }, body);

interface Told {
  readonly status: number;
  readonly code?: string;
  readonly serverTime?: number;
  readonly results?: readonly { readonly status: string }[];
}

/** Sends a body under a header that a till made, or somebody on the way. */
async function send(authorization: string, body: string): Promise<Told> {
  const answer = await fetch(`${host.url}/v1/events`, { method: 'POST', headers: { authorization }, body });
  return { ...((await answer.json()) as object), status: answer.status };
}

const outcomes = ({ results = [] }: Told): string[] => results.map(({ status }) => status);

const purchasesOf = async (member: string) => {
  const { body } = await host.ask<{ purchases?: { orders: number; net: number } }>(
    'POST',
    '/v1/customers/look-up',
    { member },
  );
  return { orders: body.purchases?.orders ?? 0, net: body.purchases?.net ?? 0 };
};

describe('a till that signs its requests', () => {
  it('is counted to the cent, and once, however often the same request comes', async () => {
    const member = 'M-signed';
    const body = JSON.stringify([
      aReceipt({ ids: { member }, amount: 1_999, data: { note: 'thé à la menthe 🫖' } }),
      aReceipt({ ids: { member }, amount: 1 }),
    ]);
    const header = headerOf(await aSigningKey(), body);

    const first = await send(header, body);
    const { orders, net } = await host.eventually(
      () => purchasesOf(member),
      (purchases) => purchases.orders === 2,
    );
    const replayed = await send(header, body);

    expect([first.status, outcomes(first)]).toEqual([202, ['accepted', 'accepted']]);
    expect([orders, net]).toEqual([2, 2_000]);
    expect([replayed.status, outcomes(replayed)]).toEqual([202, ['duplicate', 'duplicate']]);
    expect(await purchasesOf(member)).toEqual({ orders: 2, net: 2_000 });
  });

  it('learns the time of the server when its own clock is wrong', async () => {
    const body = JSON.stringify(aReceipt());

    const told = await send(headerOf(await aSigningKey(), body, now() - 400), body);

    expect(told).toMatchObject({ status: 401, code: 'signature-expired' });
    expect(Math.abs((told.serverTime ?? 0) - now())).toBeLessThan(60);
  });

  it('is moved to a second key, and the first is shut out', async () => {
    const [first, second] = [await aSigningKey(), await aSigningKey()];
    const body = JSON.stringify(aReceipt());
    expect((await send(headerOf(second, body), body)).status).toBe(202);

    await host.revokeKey(first.key.id);

    expect(await send(headerOf(first, body), body)).toMatchObject({
      status: 401,
      code: 'signature-refused',
    });
    expect(outcomes(await send(headerOf(second, body), body))).toEqual(['duplicate']);
  });
});

describe('somebody on the way', () => {
  it('cannot alter a receipt, and what was tried is counted nowhere', async () => {
    const member = 'M-altered';
    const honest = JSON.stringify(aReceipt({ ids: { member }, amount: 1_000 }));
    const altered = honest.replace('1000', '9000');
    const header = headerOf(await aSigningKey(), honest);

    expect(altered).not.toBe(honest);
    expect(await send(header, altered)).toMatchObject({ status: 401, code: 'signature-refused' });
    expect(outcomes(await send(header, honest))).toEqual(['accepted']);

    await host.eventually(
      () => purchasesOf(member),
      ({ orders }) => orders > 0,
    );
    expect(await purchasesOf(member)).toEqual({ orders: 1, net: 1_000 });
  });

  it('cannot sign with the key’s id, nor find out whether it exists', async () => {
    const { key } = await aSigningKey();
    const body = JSON.stringify(aReceipt());
    const forged = (id: string) => send(signedBy({ id, secret: 'a guess', time: now() }, body), body);

    const [known, unknown] = [await forged(key.id), await forged('0123456789abcdef')];

    expect(known).toMatchObject({ status: 401, code: 'signature-refused' });
    expect(unknown).toEqual(known);
  });
});
