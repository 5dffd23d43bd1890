import { describe, expect, it } from 'vitest';
import { propose } from '../../../../../shared/application/identity/proposal-store.ts';
import { newProposal } from '../../../../../shared/domain/identity/proposal.ts';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member, phoneOf } from './an-identity-desk.ts';

const phone = '+31612345678';

describe('a proposal', () => {
  it('of two who were never seen with anything else shows each as a customer of their own', async () => {
    const machine = memoryMachine();
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    await tell(
      machine,
      aSoldReceipt(1, { ids: { member: 'ADA' } }),
      aSoldReceipt(1, { ids: { member: 'BOB' } }),
    );
    const evidence = { events: ['row-1', 'row-2'], at: machine.clock() };
    await propose(machine.table, newProposal('shared-name-and-phone', [ada, bob], evidence));

    const { body } = await desk(machine)('listProposals');

    expect(body.proposals).toMatchObject([
      { reason: 'shared-name-and-phone', customers: [ada, bob].sort().map((id) => ({ id, contact: {} })) },
    ]);
  });

  it('says that a customer is full, where the next phone would be one profile too many', async () => {
    const machine = memoryMachine();
    for (let n = 0; n < 19; n += 1)
      await tell(machine, aSoldReceipt(1, { ids: { member: 'ADA', device: `d-${n}` } }));
    await tell(
      machine,
      aSoldReceipt(1, { id: 'new-phone', ids: { member: 'ADA', phone }, occurredAt: '2026-03-15T10:00:00Z' }),
    );

    const { body } = await desk(machine)('listProposals');

    expect(body.proposals).toMatchObject([
      {
        reason: 'too-many-profiles',
        profiles: [member(machine, 'ADA'), phoneOf(machine, phone)],
        evidence: { events: ['new-phone'] },
      },
    ]);
    expect(body.proposals[0].evidence).not.toHaveProperty('via');
  });

  it("is gone once its phone turns out to be everybody's, whichever members came first", async () => {
    for (const order of [
      ['ADA', 'BOB', 'CLEO'],
      ['CLEO', 'ADA', 'BOB'],
    ]) {
      const machine = memoryMachine();
      const ask = desk(machine);
      const [first = '', second = '', last = ''] = order;
      await tell(machine, ...[first, second].map((one) => aSoldReceipt(1, { ids: { member: one, phone } })));
      expect((await ask('listProposals')).body.proposals).toHaveLength(1);

      await tell(machine, aSoldReceipt(1, { ids: { member: last, phone } }));

      expect((await ask('listProposals')).body.proposals).toEqual([]);
    }
  });

  it('stands for what is left to prove it, where its first reason is gone', async () => {
    const machine = memoryMachine();
    const sold = (id: string, day: number, ids: Readonly<Record<string, string>>) =>
      aSoldReceipt(1, { id, ids, occurredAt: `2026-03-0${day}T10:00:00Z` });
    const email = 'family@example.com';
    await tell(machine, sold('a1', 1, { member: 'ADA', phone }), sold('b1', 2, { member: 'BOB', phone }));
    await tell(machine, sold('a2', 3, { member: 'ADA', email }), sold('b2', 4, { member: 'BOB', email }));
    const before = (await desk(machine)('listProposals')).body.proposals;

    await tell(machine, sold('c1', 5, { member: 'CLEO', phone }));
    const after = (await desk(machine)('listProposals')).body.proposals;

    expect(before).toMatchObject([{ evidence: { events: ['b1'], via: phoneOf(machine, phone) } }]);
    expect(after).toMatchObject([
      { id: before[0].id, evidence: { events: ['b2'], via: machine.keyring.profileId('email', email) } },
    ]);
  });

  it('is also made where a decision brings it to light', async () => {
    const machine = memoryMachine();
    const ask = desk(machine);
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    const devices = Array.from({ length: 19 }, (_, n) => `d-${n}`);
    const sold = (day: number, ids: Readonly<Record<string, string>>) =>
      aSoldReceipt(1, { ids, occurredAt: `2026-03-0${day}T10:00:00Z` });
    for (const device of devices) await tell(machine, sold(1, { member: 'ADA', device }));
    await tell(machine, sold(2, { member: 'BOB', phone }), sold(3, { member: 'ADA', phone }));
    expect((await ask('listProposals')).body.proposals).toMatchObject([{ reason: 'too-many-profiles' }]);

    const profiles = devices.slice(0, 2).map((device) => machine.keyring.profileId('device', device));
    await ask('unmergeCustomers', { body: { customer: ada, profiles } });

    expect((await ask('listProposals')).body.proposals).toMatchObject([
      { reason: 'two-members', profiles: [ada, bob].sort() },
    ]);
  });

  it('is found page by page, each once', async () => {
    const machine = memoryMachine();
    const ask = desk(machine);
    for (const number of ['BOB', 'CLEO', 'DORA']) {
      const pair = [member(machine, 'ADA'), member(machine, number)] as const;
      const evidence = { events: [number], at: machine.clock() };
      await propose(machine.table, newProposal('shared-name-and-phone', pair, evidence));
    }

    const first = (await ask('listProposals', { query: { limit: '2' } })).body;
    const second = (await ask('listProposals', { query: { limit: '2', cursor: first.cursor } })).body;

    expect([first.proposals.length, second.proposals.length]).toEqual([2, 1]);
    const seen = [...first.proposals, ...second.proposals].flatMap(({ evidence }) => evidence.events);
    expect(seen.sort()).toEqual(['BOB', 'CLEO', 'DORA']);
    expect(second).not.toHaveProperty('cursor');
  });
});
