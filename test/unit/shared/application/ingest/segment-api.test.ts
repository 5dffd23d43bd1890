import { describe, expect, it } from 'vitest';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { segmentApi } from '../../../../../shared/application/ingest/segment-api.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import {
  carriedBy,
  type SegmentRoute,
  segmentRoutes,
} from '../../../../../shared/contracts/segment-routes.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { identify, inBrowser, onServer, order, track } from '../../../../builders/a-segment-message.ts';
import { type MemoryMachine, memoryMachine, waiting } from '../../../../support/memory-machine.ts';

const source: Caller = { kind: 'source', name: 'shop' };

async function post(machine: MemoryMachine, route: SegmentRoute, body: unknown, caller = source) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await dispatch(routes, segmentApi(machine))(route, {
    params: {},
    query: {},
    body: text,
    caller,
  });
  return { ...answer, body: JSON.parse(answer.body) };
}

describe('a call of a library', () => {
  it.each(Object.keys(segmentRoutes) as SegmentRoute[])('is answered as it expects: %s', async (route) => {
    const machine = memoryMachine();
    // Of each type at once: what the path says is what counts.
    const message = { ...inBrowser, event: 'Spun', groupId: 'g', userId: 'M-1', previousId: 'p' };
    const body =
      carriedBy[route] === 'batch' ? { batch: [track('Spun')], sentAt: onServer.timestamp } : message;

    const answer = await post(machine, route, body);

    expect([answer.status, answer.body]).toEqual([200, { success: true }]);
    expect(waiting(machine)).toMatchObject([{ source: 'shop' }]);
  });

  it('that is told again counts once', async () => {
    const machine = memoryMachine();
    const body = { batch: [track('Order Completed', order), identify({ name: 'Ada' })] };
    await post(machine, 'segmentBatch', body);

    expect(await post(machine, 'segmentBatch', { ...body, sentAt: machine.clock() })).toMatchObject({
      status: 200,
      body: { success: true },
    });
    expect(waiting(machine)).toHaveLength(2);
  });

  it('without names for its messages is taken, each by a name of ours', async () => {
    const machine = memoryMachine();
    const messages = [track('Spun', {}, { userId: 'M-1' }), track('Span', {}, { userId: 'M-1' })];
    await post(machine, 'segmentBatch', { batch: messages });

    const ids = waiting(machine).map(({ id }) => id);
    expect(new Set(ids).size).toBe(2);
    expect(ids.every((id) => /^segment-[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  it('is corrected for the clock of its sender', async () => {
    const machine = memoryMachine();
    const frame = { ...onServer, timestamp: '2099-01-01T10:00:00.000Z' };
    await post(machine, 'segmentBatch', {
      batch: [track('Spun', {}, frame)],
      sentAt: '2099-01-01T10:00:30.000Z',
    });

    const [event] = waiting(machine);
    expect(Date.parse(machine.clock()) - Date.parse(event?.occurredAt ?? '')).toBe(30_000);
  });

  it('that is not meant for us is a success, and nothing', async () => {
    const machine = memoryMachine();
    const answer = await post(machine, 'segmentTrack', { ...track('Spun'), integrations: { All: false } });

    expect([answer.status, waiting(machine)]).toEqual([200, []]);
  });
});

describe('an order that is paid back in two sums', () => {
  it('is paid back to the cent, in whatever order they are told', async () => {
    const sum = (total: number, messageId: string) => ({
      ...track('Order Refunded', { order_id: order.order_id, total }),
      messageId,
    });
    const told = [track('Order Completed', order), sum(30, 'first'), sum(10.23, 'second')];
    for (const batch of [told, told.toReversed()]) {
      const machine = memoryMachine();
      await post(machine, 'segmentBatch', { batch });
      await foldEvents(machine)(waiting(machine));

      expect((await readStatus(machine)).amounts['EUR']).toMatchObject({ gross: 4023, returned: 4023 });
    }
  });
});

describe('what cannot be taken', () => {
  it('does no harm to the rest of a batch, is named, and waits in quarantine with its dialect', async () => {
    const machine = memoryMachine();
    const wrong = track('Order Completed', { ...order, total: 1 });
    const long = track('Product Viewed', { sku: 's'.repeat(65) });

    const { status, body } = await post(machine, 'segmentB', {
      batch: [{ type: 'nothing' }, track('Spun'), wrong, track('Order Completed', order), long],
    });

    expect(status).toBe(200);
    expect(body).toMatchObject({
      success: true,
      refused: [
        { index: 0, code: 'unknown-type', path: 'type' },
        { index: 2, code: 'order-does-not-add-up', path: 'properties.total' },
        { index: 4, code: 'invalid-field', path: 'properties.sku' },
      ],
    });
    expect(waiting(machine)).toHaveLength(2);
    const kept = machine.everyRow();
    for (const code of ['unknown-type', 'order-does-not-add-up', 'invalid-field'])
      expect(kept).toContain(code);
  });

  it.each([
    ['a long messageId', track('Spun', {}, { ...onServer, messageId: 'x'.repeat(200) }), 'messageId'],
    ['2099', track('Spun', {}, { ...onServer, timestamp: '2099-01-01T10:00:00.000Z' }), 'timestamp'],
    [
      '2099, by the browser',
      { ...track('Spun', {}, inBrowser), originalTimestamp: '2099-01-01T10:00:00.000Z' },
      'originalTimestamp',
    ],
    ['a birthday of another form', identify({ birthday: '05/17/1988' }), 'traits.birthday'],
    [
      'a price beyond counting',
      track('Order Completed', { ...order, products: [{ sku: 'A', price: 1e10, quantity: 1e3 }] }),
      'properties.products.0.quantity',
    ],
  ])('is named by the field of the message: %s', async (_what, message, path) => {
    const { body } = await post(memoryMachine(), 'segmentBatch', { batch: [track('Spun'), message] });

    const [refused] = body.refused;
    expect(refused).toMatchObject({ index: 1, path });
    expect(refused.detail.startsWith(`${path}:`)).toBe(true);
  });

  it('is named by the order that was told otherwise before', async () => {
    const machine = memoryMachine();
    await post(machine, 'segmentTrack', track('Order Completed', order));
    const otherwise = track('Order Completed', { ...order, products: [{ sku: 'B', price: 1 }], total: 1 });

    const { body } = await post(machine, 'segmentTrack', otherwise);

    expect(body.refused).toMatchObject([{ code: 'conflict', path: 'properties.order_id' }]);
  });

  it.each([
    ['a message that says nothing', 'segmentTrack', {}, 400, 'no-valid-event'],
    ['a list', 'segmentTrack', [], 400, 'no-valid-event'],
    ['a batch of nothing good', 'segmentBatch', { batch: [1, null, {}] }, 400, 'no-valid-event'],
    ['an empty batch', 'segmentBatch', { batch: [] }, 400, 'batch-empty'],
    ['no batch', 'segmentBatch', track('Spun'), 400, 'batch-empty'],
    ['no JSON', 'segmentBatch', '{"batch":', 400, 'malformed-json'],
    ['1,001 messages', 'segmentBatch', { batch: Array(1_001).fill(0) }, 413, 'batch-too-large'],
    ['501 KB', 'segmentTrack', JSON.stringify('x'.repeat(500_000)), 413, 'batch-too-large'],
    [
      'a depth of 40',
      'segmentIdentify',
      `{"userId":"1","traits":${'{"a":'.repeat(40)}1${'}'.repeat(40)}}`,
      400,
      'no-valid-event',
    ],
    [
      'a depth where nobody looks',
      'segmentTrack',
      `{"event":"Spun","context":${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}}`,
      400,
      'no-valid-event',
    ],
  ] as const)('is final, so that nobody sends it again: %s', async (_what, route, body, status, code) => {
    const machine = memoryMachine();
    const answer = await post(machine, route, body);

    expect(answer).toMatchObject({ status, body: { status, code } });
    expect(waiting(machine)).toEqual([]);
  });

  it('for now is a 503, which libraries send again', async () => {
    const machine = memoryMachine();
    const bus = { publish: () => Promise.reject(new StoreUnavailable('full')) };

    expect(await post({ ...machine, bus }, 'segmentTrack', track('Spun'))).toMatchObject({ status: 503 });
  });
});

it('nothing personal travels or is kept in the clear, wherever in a message it stands', async () => {
  const machine = memoryMachine();
  const secret = 'ada@example.com';
  const context = { ...inBrowser.context, traits: { email: secret, nickname: `n-${secret}` } };
  const everywhere = { ...inBrowser, userId: 'M-1', context, whoever: secret };
  const properties = { ...order, email: secret, customer: { email: secret }, sku: 'A', query: 'tea' };
  const names = [
    'Order Completed',
    'Order Refunded',
    'Product Viewed',
    'Product Added',
    'Cart Viewed',
    'Signed Up',
  ];
  const more = ['Checkout Started', 'Products Searched', 'Something Else'];
  const { status, body } = await post(machine, 'segmentBatch', {
    batch: [
      ...[...names, ...more].map((event, n) => ({
        ...track(event, properties, everywhere),
        messageId: `m${n}`,
      })),
      {
        ...everywhere,
        type: 'identify',
        messageId: 'i',
        traits: { email: secret, address: secret, plan: secret, language: secret },
      },
      { ...everywhere, type: 'page', messageId: 'p', properties: { ...context.page, referrer: secret } },
      { ...everywhere, type: 'group', messageId: 'g', groupId: secret, traits: { email: secret } },
      { ...everywhere, type: 'alias', messageId: 'a', previousId: secret },
      { ...everywhere, type: secret, messageId: 'q' },
    ],
  });

  expect([status, body.refused]).toMatchObject([200, [{ code: 'unknown-type' }]]);
  expect(machine.everyRow()).not.toMatch(/ada@example\.com/i);
  const taken = waiting(machine);
  expect(taken).toHaveLength(13);
  expect(JSON.stringify(taken)).not.toMatch(/ada@example\.com/i);
});
