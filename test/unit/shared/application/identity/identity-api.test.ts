import { describe, expect, it } from 'vitest';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { MOST_PROFILES } from '../../../../../shared/domain/identity/membership.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { losing } from '../../../../support/faults.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member, phoneOf } from './an-identity-desk.ts';

const phone = '+31612345678';

/** Ada and Bob are members who share a phone; she gave it first. */
async function aFamily(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await tell(
    machine,
    aSubmission('member.enrolled', {
      id: 'ada-enrolled',
      occurredAt: '2026-03-01T10:00:00Z',
      ids: { member: 'ADA', phone },
      data: { name: 'Ada Vermeer' },
    }),
    aSubmission('member.enrolled', {
      id: 'bob-enrolled',
      occurredAt: '2026-03-02T10:00:00Z',
      ids: { member: 'BOB', phone },
      data: { name: 'Bob Vermeer' },
    }),
    aSoldReceipt(100, { ids: { member: 'ADA' } }),
    aSoldReceipt(20, { ids: { member: 'BOB' } }),
  );
  return machine;
}

describe('a pair of members who may be one', () => {
  it('is proposed with what speaks for it, masked, and gone once they are one', async () => {
    const machine = await aFamily();
    const ask = desk(machine);
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];

    const { body } = await ask('listProposals');
    expect(body.proposals).toMatchObject([
      {
        reason: 'two-members',
        profiles: [ada, bob].sort(),
        evidence: { via: phoneOf(machine, phone), events: ['bob-enrolled'] },
        status: 'open',
      },
    ]);
    expect(JSON.stringify(body)).not.toMatch(/Vermeer|12345678/);
    expect(JSON.stringify(body)).toContain('A** V******');

    const merged = await ask('mergeCustomers', { body: { customers: [ada, bob] } });
    expect((await ask('listProposals')).body.proposals).toEqual([]);
    await ask('unmergeCustomers', { body: { merge: merged.body.decision } });
    expect((await ask('listProposals')).body.proposals).toEqual([]);
  });

  it('is dismissed by name, once, and never proposed again', async () => {
    const machine = await aFamily();
    const ask = desk(machine);
    const [{ id }] = (await ask('listProposals')).body.proposals;

    const first = await ask('dismissProposal', { params: { id }, body: { note: 'mother and son' } });
    const second = await ask('dismissProposal', { params: { id }, body: { note: 'again' } });
    await tell(machine, aSoldReceipt(1, { ids: { member: 'BOB', phone, email: 'bob@example.com' } }));

    expect(first.body).toMatchObject({
      status: 'dismissed',
      dismissed: { by: 'olga', at: machine.clock(), note: 'mother and son' },
    });
    expect(second.body).toEqual(first.body);
    expect(machine.everyRow()).not.toContain('mother');
    expect((await ask('listProposals')).body.proposals).toEqual([]);
    expect((await ask('listProposals', { query: { status: 'dismissed' } })).body.proposals).toMatchObject([
      { dismissed: { note: 'mother and son' } },
    ]);
    expect((await ask('dismissProposal', { params: { id: 'two-members.a.b' } })).status).toBe(404);
  });

  it('is proposed again once its dismissal is taken back, and says who did', async () => {
    const machine = await aFamily();
    const ask = desk(machine);
    const [{ id }] = (await ask('listProposals')).body.proposals;
    await ask('dismissProposal', { params: { id }, body: { note: 'mother and son' } });

    const { body } = await ask('reopenProposal', { params: { id } });

    expect(body).toMatchObject({ status: 'open', reopened: { by: 'olga', at: machine.clock() } });
    expect(body).not.toHaveProperty('dismissed');
    expect((await ask('listProposals')).body.proposals).toMatchObject([{ id }]);
    expect((await ask('listProposals', { query: { status: 'dismissed' } })).body.proposals).toEqual([]);
    expect((await ask('reopenProposal', { params: { id } })).body).toEqual(body);
    expect((await ask('reopenProposal', { params: { id: 'two-members.a.b' } })).status).toBe(404);
  });

  it('that somebody else decides on at the same moment is read again', async () => {
    const machine = await aFamily();
    const [{ id }] = (await desk(machine)('listProposals')).body.proposals;

    const beaten = desk({ ...machine, table: losing(machine.table, 1) });
    const { status, body } = await beaten('dismissProposal', { params: { id }, body: {} });

    expect({ status, detail: body.detail }).toEqual({
      status: 409,
      detail: expect.stringContaining('Somebody else just decided'),
    });
  });
});

describe('a merge', () => {
  it('is previewed without changing anything, by a clerk too, who may not do it', async () => {
    const machine = await aFamily();
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    const body = { customers: [bob, ada] };
    const before = machine.everyRow();

    const preview = await desk(machine)('previewMerge', { body, role: 'clerk' });

    expect(machine.everyRow()).toBe(before);
    expect(preview.body.after).toMatchObject([
      { id: ada, purchases: { net: 120, orders: 2 }, consent: { email: 'unknown' } },
    ]);
    expect(preview.body.before.map(({ id }: { id: string }) => id).sort()).toEqual([ada, bob].sort());
    for (const role of ['clerk', 'privacy', 'analyst'] as const)
      expect((await desk(machine)('mergeCustomers', { body, role })).status).toBe(403);
  });

  it('shows who decided it and why, beside what was seen', async () => {
    const machine = await aFamily();
    const ask = desk(machine);
    const [ada, bob, shared] = [member(machine, 'ADA'), member(machine, 'BOB'), phoneOf(machine, phone)];
    const found = async () => (await ask('getIdentity', { params: { id: bob } })).body;

    expect((await found()).profiles).toMatchObject([
      {
        id: bob,
        kind: 'member',
        shared: false,
        links: [{ profile: shared, event: 'bob-enrolled', state: 'two-members' }],
      },
    ]);
    await ask('mergeCustomers', { body: { customers: [ada, bob], note: 'she married' } });

    const identity = await found();
    expect(identity.id).toBe(ada);
    expect(identity.profiles).toHaveLength(3);
    expect(identity.decisions).toMatchObject([{ kind: 'together', by: 'olga', note: 'she married' }]);
    expect(
      identity.profiles.flatMap(({ links }: { links: { state: string }[] }) =>
        links.map(({ state }) => state),
      ),
    ).toEqual(['joined', 'joined', 'joined', 'joined']);
  });

  it.each([
    ['with itself', ['ADA', 'ADA'], 409],
    ['with nobody', ['ADA', 'NOBODY'], 404],
  ] as const)('%s is refused', async (_what, [a, b], status) => {
    const machine = await aFamily();
    const body = { customers: [member(machine, a), member(machine, b)] };

    expect((await desk(machine)('mergeCustomers', { body })).status).toBe(status);
    const preview = await desk(machine)('previewMerge', { body });
    if (status === 409)
      expect(preview.body).toMatchObject({ after: [], refusal: expect.stringContaining('already') });
    else expect(preview.status).toBe(404);
  });

  it('of more profiles than one customer may have is refused, and says how many', async () => {
    const machine = memoryMachine();
    for (let n = 0; n < MOST_PROFILES - 1; n += 1)
      await tell(machine, aSoldReceipt(1, { ids: { member: 'ADA', device: `d-${n}` } }));
    await tell(machine, aSoldReceipt(1, { ids: { member: 'BOB' } }));
    const body = { customers: [member(machine, 'ADA'), member(machine, 'BOB')] };

    const { status, body: problem } = await desk(machine)('mergeCustomers', { body });

    expect({ status, detail: problem.detail }).toMatchObject({
      status: 409,
      detail: expect.stringContaining('21'),
    });
  });

  it('upon which another was built is taken back after that one', async () => {
    const machine = memoryMachine();
    const ask = desk(machine);
    const numbers = ['A', 'B', 'C'].map((one) => `M-${one}`);
    await tell(machine, ...numbers.map((one) => aSoldReceipt(1, { ids: { member: one } })));
    const [a, b, c] = numbers.map((one) => member(machine, one));
    const first = (await ask('mergeCustomers', { body: { customers: [a, b] } })).body.decision;
    const second = (await ask('mergeCustomers', { body: { customers: [b, c] } })).body.decision;
    const takeBack = async (merge: string) => (await ask('unmergeCustomers', { body: { merge } })).status;

    expect(await takeBack(first)).toBe(409);
    expect(await takeBack(second)).toBe(200);
    expect(await takeBack(first)).toBe(200);
    expect(await takeBack(first)).toBe(409);
    expect(await takeBack('unheard-of')).toBe(404);
  });

  it('leaves no score to be shown of somebody who is no customer any more', async () => {
    const machine = await aFamily();
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    await machine.table.commit([
      { put: keys.score(bob), value: { asOf: '2026-03-14', lifecycle: 'active' } },
    ]);

    await desk(machine)('mergeCustomers', { body: { customers: [ada, bob] } });

    const found = await readCustomer(machine.table, bob, dayFromIso('2026-03-15'));
    expect(found?.view).toMatchObject({ id: ada, score: undefined });
  });
});

describe('profiles to be taken out', () => {
  it('are named one way or the other, and whoever names neither or both is told of the two', async () => {
    const machine = await aFamily();
    const ada = member(machine, 'ADA');

    for (const body of [{}, { merge: 'one', customer: ada, profiles: [ada] }])
      expect((await desk(machine)('unmergeCustomers', { body })).body).toMatchObject({
        status: 422,
        code: 'invalid-field',
        detail: expect.stringMatching(/takes either .*merge.* or .*profiles/),
      });
  });

  it('are some of the customer, and not all', async () => {
    const machine = await aFamily();
    const [ada, bob, shared] = [member(machine, 'ADA'), member(machine, 'BOB'), phoneOf(machine, phone)];
    const wrong = [[bob], [ada, shared], [ada, bob]];

    for (const profiles of wrong)
      expect(
        (await desk(machine)('unmergeCustomers', { body: { customer: ada, profiles } })).body,
      ).toMatchObject({ status: 422, code: 'invalid-field', path: 'body.profiles' });
    const preview = await desk(machine)('previewUnmerge', { body: { customer: ada, profiles: [shared] } });
    expect(preview.body.after).toHaveLength(2);
  });
});
