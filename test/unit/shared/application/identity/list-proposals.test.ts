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
