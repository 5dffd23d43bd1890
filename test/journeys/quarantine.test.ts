import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aReceipt } from '../builders/a-receipt.ts';
import { type Host, startHost } from '../support/host.ts';

interface Overview {
  readonly causes: readonly {
    readonly cause: string;
    readonly count: number;
    readonly samples: readonly unknown[];
  }[];
}
interface List {
  readonly items: readonly { readonly id: string; readonly path: string; readonly type?: string }[];
  readonly cursor?: string;
}

let host: Host;
const ids = { member: 'M-4711', email: 'zoe@example.com' };
/** What a till sent whose clock and currency were set wrong; the third is sound. */
const wrongTime = { ...aReceipt({ ids, amount: 1_250 }), occurredAt: '14.03.2026 10:15' };
const wrongCurrency = aReceipt({ ids, data: { currency: 'USD' } });
const sound = aReceipt({ ids, amount: 400 });

const counts = async (): Promise<Record<string, number>> => {
  const { body } = await host.ask<Overview>('GET', '/v1/quarantine');
  return Object.fromEntries(body.causes.map(({ cause, count }) => [cause, count]));
};
const listed = async (cause: string): Promise<List> =>
  (await host.ask<List>('GET', `/v1/quarantine/${cause}?limit=1`)).body;
const pathOf = async (cause: string): Promise<string> =>
  `/v1/quarantine/${cause}/${(await listed(cause)).items[0]?.id}`;
const net = async (): Promise<number | undefined> => {
  const { body } = await host.ask<{ purchases?: { net: number } }>('POST', '/v1/customers/look-up', {
    member: ids.member,
  });
  return body.purchases?.net;
};

beforeAll(async () => {
  host = await startHost();
  expect((await host.send([wrongTime, wrongCurrency, sound])).status).toBe(202);
});
afterAll(() => host.stop());

describe('a receipt that a till got wrong', () => {
  it('waits in quarantine under its cause, and the list tells nothing of the customer', async () => {
    const { body } = await host.ask('GET', '/v1/quarantine');

    expect(await counts()).toEqual({ 'invalid-field': 1, 'foreign-currency': 1 });
    expect((await listed('invalid-field')).items).toMatchObject([
      { path: 'occurredAt', type: 'sale.recorded' },
    ]);
    expect(JSON.stringify(body)).not.toContain(ids.email);
  });

  it('can be opened as it was sent, which is noted', async () => {
    const { status, body } = await host.ask('GET', await pathOf('invalid-field'));

    expect(status).toBe(200);
    expect(body).toMatchObject({ cause: 'invalid-field', path: 'occurredAt', item: wrongTime });
    expect(body['detail']).toContain('2026-03-14T10:15:00+01:00');
    const noted = (line: string) => line.includes('quarantine opened') && line.includes(String(body['id']));
    await host.eventually(
      () => host.logs(),
      (lines) => lines.some(noted),
    );
  });

  it('is refused again as it is, and stays', async () => {
    const { body } = await host.ask('POST', `${await pathOf('invalid-field')}/retry`);

    expect(body).toMatchObject({ status: 'refused', cause: 'invalid-field', path: 'occurredAt' });
    expect(await counts()).toMatchObject({ 'invalid-field': 1 });
  });

  it('is taken once it is mended: the quarantine is empty of it and the customer right', async () => {
    const path = await pathOf('invalid-field');
    const event = { ...wrongTime, occurredAt: '2026-03-14T10:15:00+01:00' };

    expect((await host.ask('POST', `${path}/retry`, { event })).body).toEqual({ status: 'taken' });

    await host.eventually(net, (amount) => amount === 1_650);
    expect(await counts()).toEqual({ 'foreign-currency': 1 });
    expect((await host.ask('GET', path)).status).toBe(404);
    expect((await host.ask('POST', `${path}/retry`, { event })).status).toBe(404);
    // The till, repaired, sends it once more.
    const again = await host.send<{ results: { status: string }[] }>([event]);
    expect(again.body.results).toMatchObject([{ status: 'duplicate' }]);
  });

  it('of which all of a cause are tried again, moves no further than it must', async () => {
    const { body } = await host.ask('POST', '/v1/quarantine/foreign-currency/retry');

    expect(body).toEqual({ taken: 0, duplicates: 0, refused: { 'foreign-currency': 1 } });
  });

  it('is thrown away only with a reason', async () => {
    const path = await pathOf('foreign-currency');

    expect((await host.ask('POST', `${path}/discard`, {})).status).toBe(422);
    expect((await host.ask('POST', `${path}/discard`, { note: 'a test of the till' })).body).toEqual({
      status: 'discarded',
    });
    expect(await counts()).toEqual({});
    expect(await net()).toBe(1_650);
  });
});

describe('the quarantine', () => {
  it('is for ops people alone', async () => {
    // A gateway in front knows tokens alone, and takes the key of a source for none.
    const { status } = await host.ask('GET', '/v1/quarantine', undefined, host.writeKey);
    expect([401, 403]).toContain(status);
    expect((await host.ask('GET', '/v1/quarantine', undefined, '')).status).toBe(401);
  });

  it('says what is no cause and no item', async () => {
    const nowhere = `/v1/quarantine/conflict/${'0'.repeat(64)}`;

    expect((await host.ask('GET', '/v1/quarantine/Conflict')).status).toBe(422);
    expect((await host.ask('GET', '/v1/quarantine/conflict')).body).toEqual({ items: [] });
    expect((await host.ask('GET', '/v1/quarantine/conflict/42')).status).toBe(422);
    for (const [method, path] of [
      ['GET', nowhere],
      ['POST', `${nowhere}/retry`],
    ] as const)
      expect((await host.ask(method, path)).status).toBe(404);
  });
});
