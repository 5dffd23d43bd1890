import { expect, it } from 'vitest';
import type { Route } from '../../../shared/contracts/route.ts';
import { type RouteName, routes } from '../../../shared/contracts/routes.ts';
import type { Driver } from './driver.ts';
import { daysAgo, history, sale, yesterday } from './shop.ts';

const closed = (Object.entries(routes) as [RouteName, Route][]).filter(([, { access }]) => access !== 'open');

const statuses = (results: readonly { readonly status: string }[]) => results.map(({ status }) => status);

/** Who gets in, and what becomes of events. */
export function intakeScenes(at: () => Driver): void {
  it('says that it is up, and what it can do', async () => {
    expect(await at().call('health')).toEqual({ status: 200, body: { status: 'ok' } });
    expect((await at().call('describe')).body).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
  });

  it.each(closed)(
    'lets nobody call %s without a key or token, were the API to forget to ask',
    async (name) => {
      const params = { id: 'member_x', asOf: yesterday };

      expect(await at().call(name, { params, body: {}, stranger: true })).toMatchObject({ status: 401 });
    },
  );

  it('lets nobody send events with a key that was made up', async () => {
    expect(await at().call('acceptEvents', { body: history, key: 'made-up' })).toMatchObject({ status: 401 });
  });

  it('takes events, keeps what it refuses, folds and archives the rest', async () => {
    const { aws, send } = at();
    const wrong = { type: 'sale.recorded', occurredAt: daysAgo(1), data: {} };

    const { status, body } = await send([...history, wrong]);
    await aws.settle();

    expect(status).toBe(202);
    expect(statuses(body.results)).toEqual([...history.map(() => 'accepted'), 'rejected']);
    expect([...aws.seen.objects.keys()]).toEqual([expect.stringMatching(/^archive\//)]);
  });

  it('knows them when they are sent again', async () => {
    const { body } = await at().send(history.slice(0, 3));

    expect(statuses(body.results)).toEqual(['duplicate', 'duplicate', 'duplicate']);
  });

  it('sets aside a second telling that contradicts the first', async () => {
    const { body } = await at().send({ ...history[0], data: { name: 'Somebody else' } });

    expect(body.code).toBe('no-valid-event');
    expect(body.results[0].code).toBe('conflict');
  });

  it('sets it aside at the fold too, where both came through the door in the same moment', async () => {
    const { aws, call, send } = at();
    const told = (name: string) => ({
      id: 'twice',
      type: 'member.enrolled',
      occurredAt: daysAgo(2),
      ids: { member: 'm-2' },
      data: { name },
    });

    const first = await send(told('Member m-2'));
    aws.restart('ingest/accept-events');
    const second = await send(told('Somebody else'));
    await aws.settle();

    expect([first.status, second.status]).toEqual([202, 202]);
    const { body } = await call('lookUpCustomer', { body: { member: 'm-2' } });
    const { events } = (await call('getTimeline', { params: { id: body.id } })).body;
    expect(events.filter(({ id }: { id: string }) => id === 'twice')).toHaveLength(1);
  });

  it('keeps what comes back before it was sold, and beyond that, and shows the buyer who else brought it', async () => {
    const { aws, call, send } = at();
    const back = (receipt: string, quantity: number, ids: object) => ({
      type: 'return.recorded',
      occurredAt: daysAgo(1),
      ids,
      data: {
        store: 'ams-01',
        receipt,
        lines: [{ sku: 'TEA', quantity, unitPrice: 500 }],
        sale: { store: 'ams-01', receipt: 'r-late' },
      },
    });
    const buyer = async () => (await call('lookUpCustomer', { body: { member: 'm-3' } })).body;
    const net = async (): Promise<number> => (await buyer()).purchases.net;
    const before = await net();

    await send([back('b-early', 1, { member: 'm-3' })]);
    await aws.settle();
    const waiting = await net();
    await send([sale({ member: 'm-3' }, 'r-late', 2)]);
    await aws.settle();
    await send([back('b-over', 2, {})]);
    await aws.settle();

    expect(waiting).toBe(before);
    expect(await net()).toBe(before);
    const { events } = (await call('getTimeline', { params: { id: (await buyer()).id } })).body;
    expect(events.flatMap(({ byOthers = [] }: { byOthers?: object[] }) => byOthers)).toMatchObject([
      { type: 'return.recorded', data: { receipt: 'b-over' } },
    ]);
  });

  it('shows what came back too often, and notes who looked at it', async () => {
    const { call } = at();

    const { body } = await call('listExceptions');
    const [{ id }] = body.exceptions;
    const settled = await call('settleException', {
      params: { id },
      body: { note: 'A mistake at the till' },
    });
    const left = await call('listExceptions');

    expect(body.exceptions).toMatchObject([
      { kind: 'over-return', sale: { receipt: 'r-late' }, amount: 500 },
    ]);
    expect(settled).toMatchObject({ status: 200, body: { settled: { note: 'A mistake at the till' } } });
    expect(left.body).toEqual({ exceptions: [] });
  });

  it('takes an exchange as one, and keeps what is corrected in place of what was sold', async () => {
    const { aws, call, send } = at();
    const event = (type: string, receipt: string, data: object) => ({
      type,
      occurredAt: daysAgo(1),
      data: { store: 'ams-02', receipt, ...data },
    });
    const line = (sku: string, unitPrice: number) => ({ sku, quantity: 1, unitPrice });

    const { body } = await send([
      event('exchange.recorded', 'x-1', {
        sale: { store: 'ams-02', receipt: 'x-0' },
        returned: [line('COAT', 900)],
        lines: [line('HAT', 400)],
      }),
      event('receipt.corrected', 'x-0', { revision: 2, lines: [line('COAT', 900)] }),
      event('sale.recorded', 'x-0', { lines: [line('COAT', 1_000)] }),
    ]);
    await aws.settle();

    expect(statuses(body.results)).toEqual(['accepted', 'accepted', 'accepted']);
    // What was taken back found its sale, by the revision that came before it.
    expect((await call('listExceptions')).body).toEqual({ exceptions: [] });
  });

  it('finds a customer by the member number, with the purchases and a masked name', async () => {
    const { call } = at();

    const { status, body } = await call('lookUpCustomer', { body: { member: 'm-7' } });
    const timeline = await call('getTimeline', { params: { id: body.id } });

    expect(status).toBe(200);
    expect(body.purchases).toMatchObject({ orders: 4, net: 4_000 });
    expect(body.contact.name).not.toBe('Member m-7');
    expect(timeline.body.events).toHaveLength(7);
    expect((await call('getCustomer', { params: { id: body.id } })).body).toEqual(body);
  });

  it('lists who waits to be called until they were, and closes an address that a sender outside names', async () => {
    const { aws, call, send } = at();
    const told = (type: string, data: object, days: number) => ({
      id: `care-${type}`,
      type,
      occurredAt: daysAgo(days),
      ids: { member: 'm-3', email: 'elsewhere@example.com' },
      data,
    });
    const ticket = 'C-1';
    await send(told('complaint.recorded', { ticket, severity: 'high', text: 'It was open.' }, 2));
    await send(told('message.stopped', { kind: 'complained', channel: 'email' }, 2));
    await send(told('stock.low', { sku: 'TEA', store: 'ams-01', left: 1 }, 2));
    await aws.settle();
    const waits = (await call('listCallBacks')).body.callBacks;

    await send(told('callback.made', { ticket }, 1));
    await aws.settle();

    expect(waits).toEqual([expect.objectContaining({ ticket, overdue: expect.any(Boolean) })]);
    expect((await call('listCallBacks')).body.callBacks).toEqual([]);
    expect((await call('lookUpCustomer', { body: { member: 'm-3' } })).body.care).toMatchObject({
      level: 'attention',
      openComplaints: 1,
    });
  });

  it('shows who lives together and who brought whom, until somebody leaves', async () => {
    const { aws, call, send } = at();
    const lives = (member: string, status: string, days: number) => ({
      id: `lives-${member}-${status}`,
      type: 'household.changed',
      occurredAt: daysAgo(days),
      ids: { member },
      data: { household: 'H-1', status },
    });
    const brought = {
      id: 'brought',
      type: 'referral.recorded',
      occurredAt: daysAgo(3),
      ids: { member: 'm-3' },
      relatedIds: { member: 'm-7' },
      data: {},
    };
    await send([lives('m-3', 'joined', 3), lives('m-7', 'joined', 3), brought]);
    await aws.settle();
    const together = (await call('lookUpCustomer', { body: { member: 'm-3' } })).body;

    await send([lives('m-7', 'left', 2)]);
    await aws.settle();

    expect(together.household).toEqual({ name: 'H-1', members: [together.referredBy] });
    expect((await call('lookUpCustomer', { body: { member: 'm-3' } })).body.household.members).toEqual([]);
  });
}
