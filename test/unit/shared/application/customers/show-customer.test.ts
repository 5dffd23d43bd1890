import { describe, expect, it } from 'vitest';
import { customersApi } from '../../../../../shared/application/customers/customers-api.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { Role } from '../../../../../shared/contracts/route.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { Died, dying } from '../../../../support/faults.ts';
import { accepted, type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

/** Ada, as somebody of this role sees her. */
async function seenBy(machine: MemoryMachine, role: Role) {
  const answer = await dispatch(routes, customersApi(machine))('getCustomer', {
    params: { id: machine.keyring.profileId('member', 'M-1') },
    query: {},
    body: '',
    caller: { kind: 'person', name: 'somebody', roles: [role] },
  });
  expect(answer.status).toBe(200);
  const body = JSON.parse(answer.body);
  expect(routes.getCustomer.answer.safeParse(body).success).toBe(true);
  return body;
}

const score = {
  asOf: '2026-03-14',
  lifecycle: 'first-purchase',
  rfm: { recency: 5, frequency: 1, monetary: 1, cell: 'new' },
};

describe('what marketing sees of a customer', () => {
  it('is what they looked for, left in the basket and opened, and all of the score; a clerk sees none of it', async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSubmission('products.searched', { occurredAt: '2026-03-14T11:00:00Z', data: { query: 'oolong' } }),
      aSubmission('product.added', {
        occurredAt: '2026-03-14T11:05:00Z',
        data: { sku: 'TEA', quantity: 2, unitPrice: 450 },
      }),
      aSubmission('message.feedback', { occurredAt: '2026-03-14T12:00:00Z', data: { kind: 'opened' } }),
    );
    const key = keys.score(machine.keyring.profileId('member', 'M-1'));
    await machine.table.commit([{ put: key, value: score }]);

    const [marketer, clerk] = [await seenBy(machine, 'marketer'), await seenBy(machine, 'clerk')];

    expect(marketer).toMatchObject({
      browsing: {
        searched: { query: 'oolong' },
        cart: { at: '2026-03-14T11:05:00.000Z', value: 900, lines: [{ sku: 'TEA', quantity: 2 }] },
      },
      messages: { opened: { count: 1, last: '2026-03-14T12:00:00.000Z' } },
      score,
    });
    expect(clerk.score).toEqual({ asOf: score.asOf, lifecycle: score.lifecycle });
    expect(clerk).not.toHaveProperty('browsing');
    expect(clerk).not.toHaveProperty('messages');
  });

  it('of somebody who only bought is empty, and no score before the first night', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(100));

    const { browsing, messages, score: none } = await seenBy(machine, 'marketer');

    expect({ browsing, messages, none }).toEqual({ browsing: { viewed: [] }, messages: {}, none: undefined });
  });
});

describe('a customer who was asked', () => {
  it('is shown with the average of what they answered, and the latest answer', async () => {
    const machine = memoryMachine();
    const answers = (day: number, score: number) =>
      aSubmission('survey.answered', {
        occurredAt: `2026-03-0${day}T10:00:00Z`,
        data: { kind: 'nps', score },
      });
    await tell(machine, answers(3, 4), answers(1, 9), answers(2, 9));

    expect((await seenBy(machine, 'clerk')).feedback).toEqual({
      nps: { count: 3, average: 7.33, latest: { score: 4, at: '2026-03-03T10:00:00.000Z' } },
    });
  });
});

describe('a customer who complained badly', () => {
  it.each([
    ['has to be called by then', '2026-03-15T11:00:00.000Z', '2026-03-16T11:00:00.000Z', false],
    ['should have been called', '2026-03-13T10:00:00.000Z', '2026-03-14T10:00:00.000Z', true],
  ])('%s', async (_what, occurredAt, due, overdue) => {
    const machine = memoryMachine({ callBackHours: 24 });
    const data = { ticket: 'C-1', severity: 'high', text: 'It was open.' };
    await tell(machine, aSubmission('complaint.recorded', { occurredAt, data }));

    const { care } = await seenBy(machine, 'clerk');

    expect(care.callBack).toEqual({ ticket: 'C-1', since: occurredAt, due, overdue });
  });
});

describe('a customer whose first event is not counted yet', () => {
  it('is shown without dates, purchases or lifecycle day, and not as an error', async () => {
    const machine = memoryMachine();
    const ids = { member: 'M-1', phone: '+31612345678' };
    const events = await accepted(machine, aSoldReceipt(100, { ids }));
    await expect(
      foldEvents({ ...machine, table: dying(machine.table, 2, 'before') })(events),
    ).rejects.toBeInstanceOf(Died);

    const shown = await seenBy(machine, 'clerk');

    expect(shown).toMatchObject({ purchases: { orders: 0, net: 0 }, feedback: {} });
    for (const missing of ['firstSeen', 'lastSeen', 'enrolledAt']) expect(shown).not.toHaveProperty(missing);
  });
});
