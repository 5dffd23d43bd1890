import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Host, startHost } from '../support/host.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

async function call(body: unknown, headers: Record<string, string>) {
  const answer = await fetch(`${host.url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${host.writeKey}`, ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

it('a system that speaks CloudEvents is understood in its three modes, and its retries are known', async () => {
  const time = new Date().toISOString();
  const attributes = (id: string) => ({
    specversion: '1.0',
    id,
    source: '/shop',
    type: 'sale.recorded',
    time,
  });
  const data = (receipt: string) => ({
    ids: { member: 'M-cloud' },
    store: 'ams-01',
    receipt,
    lines: [{ sku: 'TEA', quantity: 1, unitPrice: 100 }],
  });
  const accepted = { status: 202, body: { results: [{ status: 'accepted' }] } };
  const structured = { ...attributes('1'), data: data('ce-1') };
  const binary = Object.fromEntries(
    Object.entries(attributes('2')).map(([name, value]) => [`ce-${name}`, value]),
  );

  expect(await call(structured, { 'content-type': 'application/cloudevents+json' })).toMatchObject(accepted);
  expect(await call(data('ce-2'), { ...binary, 'content-type': 'application/json' })).toMatchObject(accepted);
  const batch = [
    structured,
    { ...attributes('3'), data: data('ce-3') },
    { ...attributes('4'), time: undefined },
  ];
  expect(await call(batch, { 'content-type': 'application/cloudevents-batch+json' })).toMatchObject({
    status: 202,
    body: {
      results: [
        { status: 'duplicate' },
        { status: 'accepted' },
        { status: 'rejected', path: 'time', id: '4' },
      ],
    },
  });

  const { body } = await host.eventually(
    () =>
      host.ask<{ purchases: { orders: number; net: number } }>('POST', '/v1/customers/look-up', {
        member: 'M-cloud',
      }),
    (answer) => answer.body.purchases?.orders === 3,
  );
  expect(body.purchases.net).toBe(300);
});
