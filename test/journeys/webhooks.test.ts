import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  MARKET_MAPPING,
  marketOrder,
  marketSource,
  SIGNATURE_HEADER,
  signatureOf,
} from '../builders/a-webhook.ts';
import { type Host, startHost } from '../support/host.ts';

let host: Host;

beforeAll(async () => {
  host = await startHost();
});
afterAll(() => host.stop());

interface Told {
  readonly status: number;
  readonly code?: string;
  readonly said?: { readonly status: string; readonly refused: readonly { readonly code: string }[] };
}

/** Calls the webhook as the market place does, with what was signed, or with something else. */
async function call(source: string, secret: string, body: string, sent = body): Promise<Told> {
  const answer = await fetch(`${host.url}/v1/hooks/${source}`, {
    method: 'POST',
    headers: { [SIGNATURE_HEADER]: signatureOf(secret, body), 'content-type': 'application/json' },
    body: sent,
  });
  const said = (await answer.json()) as { code: string } & NonNullable<Told['said']>;
  return answer.ok ? { status: answer.status, said } : { status: answer.status, code: said.code };
}

const setUp = async (source: string, more: object = {}): Promise<string> => {
  await host.ask('PUT', `/v1/sources/${source}`, { ...marketSource, ...more });
  const { body } = await host.ask<{ secret: string }>('POST', `/v1/sources/${source}/secrets`, {});
  return body.secret;
};

const paidBy = (mobile: string, more: object = {}) =>
  JSON.stringify({ ...marketOrder, tid: `t-${mobile}`, buyer: { mobile, nick: 'Zoë 🫖' }, ...more });

const purchasesOf = async (phone: string) => {
  const { body } = await host.ask<{ purchases?: { orders: number; net: number } }>(
    'POST',
    '/v1/customers/look-up',
    { phone },
  );
  return { orders: body.purchases?.orders ?? 0, net: body.purchases?.net ?? 0 };
};

describe('a market place that nobody has written a dialect for', () => {
  it('is mapped: tried out first, then taken to the cent, and once', async () => {
    const secret = await setUp('market');
    const [phone, message] = ['0612121212', paidBy('0612121212')];

    const tried = await host.ask<{ events: unknown[] }>('POST', '/v1/sources/market/preview', {
      body: JSON.parse(message),
    });
    const untouched = await purchasesOf(phone);
    const first = await call('market', secret, message);
    const again = await call('market', secret, message);
    const counted = await host.eventually(
      () => purchasesOf(phone),
      ({ orders }) => orders === 1,
    );

    expect(tried.body.events).toMatchObject([{ status: 'valid', event: { type: 'sale.recorded' } }]);
    expect(untouched.orders).toBe(0);
    expect([first.said?.status, again.said?.status]).toEqual(['taken', 'duplicate']);
    expect(counted).toEqual({ orders: 1, net: 2 * 1_999 + 450 });
  });

  it('goes on while its secret is rotated, and the old one ends when it is revoked', async () => {
    const old = await setUp('rotating');
    const shown = await host.ask<{ secrets: { id: string }[] }>('GET', '/v1/sources/rotating');
    const added = await host.ask<{ secret: string }>('POST', '/v1/sources/rotating/secrets', {});

    const between = [
      await call('rotating', old, paidBy('0622222221')),
      await call('rotating', added.body.secret, paidBy('0622222222')),
    ];
    const used = await host.ask<{ secrets: { lastUsedAt?: string }[] }>('GET', '/v1/sources/rotating');
    await host.ask('DELETE', `/v1/sources/rotating/secrets/${shown.body.secrets[0]?.id}`);
    const after = [
      await call('rotating', old, paidBy('0622222223')),
      await call('rotating', added.body.secret, paidBy('0622222224')),
    ];

    expect(between.map(({ said }) => said?.status)).toEqual(['taken', 'taken']);
    expect(used.body.secrets.every(({ lastUsedAt }) => lastUsedAt !== undefined)).toBe(true);
    expect(after).toMatchObject([
      { status: 401, code: 'signature-refused' },
      { status: 200, said: { status: 'taken' } },
    ]);
    expect(JSON.stringify(used)).not.toContain(added.body.secret);
  });

  it('is refused where a letter of the body was altered on the way, like somebody whom nobody knows', async () => {
    const secret = await setUp('altered');
    const message = paidBy('0633333333');

    const altered = await call('altered', secret, message, message.replace('19.99', '0.01'));
    const unknown = await call('no-such-source', secret, message);
    const stranger = await fetch(`${host.url}/v1/hooks/altered`, { method: 'POST', body: message });

    expect(altered).toEqual({ status: 401, code: 'signature-refused' });
    expect(unknown).toEqual(altered);
    expect(stranger.status).toBe(401);
    expect(await purchasesOf('0633333333')).toMatchObject({ orders: 0 });
  });

  it.each([
    ['loops', '($f := function($n) { $f($n + 1) }; $f(1))'],
    ['tries every way through a text', `$match("${'a'.repeat(60)}!", /^(a+)+$/)`],
  ])('whose mapping %s is answered, while others go on', async (what, mapping) => {
    const [slow, well] = [`slow-${what.length}`, `well-${what.length}`];
    const secret = await setUp(slow, { mapping });
    const others = await setUp(well);

    const looping = call(slow, secret, paidBy('0644444441'));
    const health = await host.ask('GET', '/health');
    const next = await call(well, others, paidBy(`06555555${what.length}`));

    expect(await looping).toMatchObject({
      status: 200,
      said: { status: 'quarantined', refused: [{ code: 'mapping-too-long' }] },
    });
    expect(health.status).toBe(200);
    expect(next).toMatchObject({ status: 200, said: { status: 'taken' } });
  });

  it('is told where a mapping cannot be read, and keeps the one that works', async () => {
    const secret = await setUp('mended');

    const wrong = await host.ask('PUT', '/v1/sources/mended', {
      ...marketSource,
      mapping: `${MARKET_MAPPING} ??? `,
    });

    expect(wrong).toMatchObject({ status: 422, body: { code: 'mapping-invalid', path: 'mapping' } });
    expect(String(wrong.body['detail'])).toMatch(/line \d+, character \d+/);
    expect((await call('mended', secret, paidBy('0666666666'))).said?.status).toBe('taken');
  });

  it('leaves no name, number or secret in clear', async () => {
    const secret = await setUp('quiet');
    await call('quiet', secret, paidBy('0677777777', { orders: [{ sku: 'x', num: -1, price: '1' }] }));
    await call('quiet', secret, 'no json, but 0677777777');

    const found: string[] = [];
    for await (const { place, text } of host.kept())
      if (text.includes('677777777') || text.includes(secret)) found.push(place);

    expect(found).toEqual([]);
    expect((await host.logs()).filter((line) => line.includes('677777777'))).toEqual([]);
  });

  it('that was removed is shut out', async () => {
    const secret = await setUp('gone');

    const removed = await host.ask('DELETE', '/v1/sources/gone');

    expect(removed.status).toBe(200);
    expect((await call('gone', secret, paidBy('0688888888'))).status).toBe(401);
  });
});
