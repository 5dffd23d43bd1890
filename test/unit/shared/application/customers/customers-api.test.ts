import { describe, expect, it } from 'vitest';
import { customersApi } from '../../../../../shared/application/customers/customers-api.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

const clerk: Caller = { kind: 'person', name: 'clerk', roles: ['clerk'] };
const ids = { member: 'M-1', phone: '+31612345678', email: 'ada.vermeer@example.com', device: 'd-1' };

async function ask(
  machine: MemoryMachine,
  name: 'getCustomer' | 'lookUpCustomer',
  { id = '', body = {} }: { id?: string; body?: unknown },
) {
  const answer = await dispatch(routes, customersApi(machine))(name, {
    params: { id },
    query: {},
    body: JSON.stringify(body),
    caller: clerk,
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}
const lookUp = (machine: MemoryMachine, body: unknown) => ask(machine, 'lookUpCustomer', { body });

async function aShop(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  const tea = { sku: 'TEA', quantity: 2, unitPrice: 500, category: 'tea' };
  await tell(
    machine,
    aSubmission('member.enrolled', {
      ids,
      data: { name: 'Ada Vermeer', language: 'nl', homeStore: undefined },
    }),
    aSubmission('consent.changed', { ids: { member: 'M-1' }, data: { channel: 'email', status: 'granted' } }),
    aSoldReceipt(0, {
      ids: { member: 'M-1' },
      data: { lines: [tea, { ...tea, category: 'ware', unitPrice: 900 }] },
    }),
    aSoldReceipt(0, {
      ids: { phone: ids.phone },
      data: { store: 'web', channel: 'web', lines: [{ ...tea, discount: 100 }] },
    }),
    aSubmission('return.recorded', {
      ids: { member: 'M-1' },
      data: { lines: [{ ...tea, quantity: 1 }], sale: undefined },
    }),
  );
  return machine;
}

describe('a customer', () => {
  it('is shown with everything they are, contact masked, largest first', async () => {
    const machine = await aShop();
    const id = machine.keyring.profileId('member', 'M-1');

    const { status, body } = await ask(machine, 'getCustomer', { id });

    expect(status).toBe(200);
    expect(body).toEqual({
      id: expect.stringMatching(/^(member|phone|email|device)_/),
      profiles: expect.arrayContaining([id, machine.keyring.profileId('device', 'd-1')]),
      enrolledAt: '2026-03-14T10:15:00.000Z',
      firstSeen: '2026-03-14T10:15:00.000Z',
      lastSeen: '2026-03-14T10:15:00.000Z',
      contact: { name: 'A** V******', phone: '+31*******78' },
      currency: 'EUR',
      purchases: {
        orders: 2,
        gross: 3_700,
        returned: 500,
        net: 3_200,
        discounts: 100,
        units: 5,
        firstDay: '2026-03-14',
        lastDay: '2026-03-14',
      },
      categories: [
        { name: 'ware', orders: 1, units: 2, net: 1_800 },
        { name: 'tea', orders: 2, units: 3, net: 1_400 },
      ],
      channels: [
        { name: 'store', orders: 1, units: 3, net: 2_300 },
        { name: 'web', orders: 1, units: 2, net: 900 },
      ],
      stores: [
        { name: 'ams-01', orders: 1, units: 3, net: 2_300 },
        { name: 'web', orders: 1, units: 2, net: 900 },
      ],
      payments: { card: 8_496 },
      consent: { email: 'granted', sms: 'unknown' },
      traits: { language: 'nl' },
      lifecycle: { stage: 'first-purchase', since: '2026-03-14' },
      care: { level: 'normal', reasons: [], openTickets: 0, openComplaints: 0 },
      feedback: {},
      coupons: { redeemed: 0, shown: 0 },
    });
    expect(routes.getCustomer.answer.safeParse(body).success).toBe(true);
  });

  it('is shown with the score of the last night', async () => {
    const machine = await aShop();
    const { body } = await lookUp(machine, { member: 'M-1' });
    const score = { asOf: '2026-03-14', lifecycle: 'repeat', tier: 'gold' };
    await machine.table.commit([{ put: keys.score(body.id), value: score }]);

    expect((await lookUp(machine, { device: 'd-1' })).body.score).toEqual(score);
  });

  it('of whom only page views are known has no purchases and no contact', async () => {
    const machine = memoryMachine();
    await tell(machine, aSubmission('page.viewed', { ids: { device: 'd-9' } }));

    const { body } = await lookUp(machine, { device: 'd-9' });

    expect(body).toMatchObject({ contact: {}, purchases: { orders: 0, net: 0 }, categories: [] });
    expect(body).not.toHaveProperty('enrolledAt');
    expect(body.purchases).not.toHaveProperty('lastDay');
  });

  it('is shown with how often they come, and without a shop whose only sale was voided', async () => {
    const machine = memoryMachine();
    const sold = (day: string, data: object = {}) =>
      aSoldReceipt(100, { occurredAt: `2026-${day}T10:00:00Z`, data: { ...data } });
    const voided = { store: 'utr-01', terminal: '1', receipt: 'r-void' };
    await tell(
      machine,
      ...['01-01', '01-11', '02-01'].map((day) => sold(day)),
      sold('03-01', voided),
      aSubmission('sale.voided', { ids: {}, data: voided }),
    );

    const { body } = await lookUp(machine, { member: 'M-1' });

    expect(body.purchases).toMatchObject({
      orders: 3,
      firstDay: '2026-01-01',
      lastDay: '2026-02-01',
      rhythmDays: 15.5,
    });
    expect(body.stores.map(({ name }: { name: string }) => name)).toEqual(['ams-01']);
  });

  it('lists what earned the same by name', async () => {
    const machine = memoryMachine();
    const line = (category: string) => ({ sku: 'X', quantity: 1, unitPrice: 100, category });
    await tell(machine, aSoldReceipt(0, { data: { lines: [line('b'), line('c'), line('a')] } }));

    const { body } = await lookUp(machine, { member: 'M-1' });

    expect(body.categories.map(({ name }: { name: string }) => name)).toEqual(['a', 'b', 'c']);
  });
});

describe('a look-up', () => {
  it.each([
    ['member number', { member: ' m-1' }],
    ['phone', { phone: '06-12345678' }],
    ['e-mail', { email: 'Ada.Vermeer@Example.com' }],
    ['device', { device: 'd-1' }],
    ['unknown member number beside a known phone', { member: 'M-none', phone: ids.phone }],
    ['phone in a form that has empty fields', { member: '', card: ' ', email: null, phone: ids.phone }],
  ])('by %s finds the same customer', async (_how, body) => {
    const machine = await aShop();
    const expected = await ask(machine, 'getCustomer', { id: machine.keyring.profileId('member', 'M-1') });

    expect(await lookUp(machine, body)).toEqual(expected);
  });

  it.each([
    ['of nobody we know', { phone: '+31687654321' }, 404, 'not-found', undefined],
    ['by a phone that is none', { phone: '12' }, 422, 'invalid-phone', 'phone'],
    ['by an e-mail that is none', { email: 'ada' }, 422, 'invalid-email', 'email'],
    ['by nothing', {}, 422, 'invalid-field', 'body'],
    ['by an empty form', { phone: '', card: ' ' }, 422, 'invalid-field', 'body'],
    ['by something unheard of', { passport: 'X1' }, 422, 'invalid-field', 'body'],
    ['by a number', { member: 1001 }, 422, 'invalid-field', 'body.member'],
    ['by a list', [], 422, 'invalid-field', 'body'],
  ])('%s says so', async (_what, body, status, code, path) => {
    const answer = await lookUp(await aShop(), body);

    expect(answer).toMatchObject({ status, body: { code } });
    expect(answer.body.path).toBe(path);
  });

  it('says by what it did not find anybody, and does not repeat the number', async () => {
    const { body } = await lookUp(memoryMachine(), { phone: '+31687654321', card: 'K-1' });

    expect(body.detail).toBe('There is no customer of this card or phone');
    expect(JSON.stringify(body)).not.toContain('687654321');
  });
});

describe('an id', () => {
  it.each([
    ['that nobody has', `member_${'a'.repeat(26)}`, 404, 'not-found'],
    ['that is none', 'ada', 422, 'invalid-field'],
    ['of a stranger’s till', 'store/ams-01/1/2026-03-14', 422, 'invalid-field'],
  ])('%s is answered', async (_what, id, status, code) => {
    expect(await ask(memoryMachine(), 'getCustomer', { id })).toMatchObject({ status, body: { code } });
  });
});
