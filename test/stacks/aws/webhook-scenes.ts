import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Driver } from './driver.ts';
import { daysAgo, sale } from './shop.ts';

const params = { id: 'market' };
const source = {
  kind: 'webhook',
  store: 'market',
  proof: { by: 'signature', header: 'x-sign', encoding: 'base64' },
  deliveryHeader: 'x-delivery',
  mapping: 'body.events',
};

const order = (receipt: string, phone: string) => ({ events: [sale({ phone }, receipt, 2)] });

/** Who may call webhooks, and what becomes of what they say. */
export function webhookScenes(at: () => Driver): void {
  const deliver = (secret: string, body: unknown, delivery: string) =>
    at().call('takeHook', {
      params,
      body,
      stranger: true,
      headers: {
        'x-sign': createHmac('sha256', secret).update(JSON.stringify(body)).digest('base64'),
        'x-delivery': delivery,
      },
    });

  it('sets a source up with two secrets, and tells what its messages would become', async () => {
    const { call } = at();

    expect((await call('putSource', { params, body: source })).status).toBe(200);
    expect((await call('putSource', { params, body: source })).status).toBe(200);
    expect((await call('addSourceSecret', { params, body: { secret: 'the-first-one' } })).status).toBe(200);
    expect((await call('addSourceSecret', { params, body: { secret: 'the-second-one' } })).status).toBe(200);
    expect(
      (await call('previewSource', { params, body: { body: order('w-0', '0612345699') } })).body,
    ).toMatchObject({
      events: [{ status: 'valid' }],
    });
    expect((await call('listSources')).body.sources).toMatchObject([{ id: 'market', secrets: [{}, {}] }]);
  });

  it('takes a webhook once, keeps what it refuses, and lets nobody in by a wrong signature', async () => {
    const { aws } = at();
    const enrolled = {
      events: [
        {
          id: 'w',
          type: 'member.enrolled',
          occurredAt: daysAgo(3),
          ids: { member: 'w-1' },
          data: { name: 'Wu' },
        },
      ],
    };

    const first = await deliver('the-first-one', order('w-1', '0612345698'), 'd-1');
    const again = await deliver('the-second-one', order('w-1', '0612345698'), 'd-1');
    const sealed = await deliver('the-second-one', enrolled, 'd-2');
    const refused = await deliver('the-first-one', { events: [{ type: 'odd' }] }, 'd-3');
    const wrong = await deliver('made-up-by-somebody', order('w-2', '0612345698'), 'd-4');
    await aws.settle();

    expect([first, again, sealed, refused].map(({ body }) => body.status)).toEqual([
      'taken',
      'duplicate',
      'taken',
      'quarantined',
    ]);
    expect(wrong.status).toBe(401);
  });

  it('revokes a secret, and removes the source', async () => {
    const { call } = at();
    const { body } = await call('getSource', { params });
    const secret = body.secrets[0].id;

    expect((await call('revokeSourceSecret', { params: { ...params, secret } })).status).toBe(200);
    expect((await deliver('the-first-one', {}, 'd-5')).status).toBe(401);
    expect((await call('removeSource', { params })).status).toBe(200);
    expect((await deliver('the-second-one', {}, 'd-6')).status).toBe(401);
  });
}
