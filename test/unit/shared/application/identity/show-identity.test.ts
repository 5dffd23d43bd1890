import { describe, expect, it } from 'vitest';
import { aSoldReceipt } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';
import { desk, member, phoneOf } from './an-identity-desk.ts';

const phone = '+31612345678';

const identityOf = (machine: MemoryMachine, id: string) => desk(machine)('getIdentity', { params: { id } });

describe('why these profiles are one customer', () => {
  it('is answered of somebody who was never seen with anything else: they stand alone', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(100, { ids: { member: 'ADA' } }));
    const ada = member(machine, 'ADA');

    const { status, body } = await identityOf(machine, ada);

    expect(status).toBe(200);
    expect(body).toEqual({
      id: ada,
      profiles: [{ id: ada, kind: 'member', since: '2026-03-14T10:15:00.000Z', shared: false, links: [] }],
      decisions: [],
    });
  });

  it('is answered as before of somebody whose merge was taken back', async () => {
    const machine = memoryMachine();
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    await tell(machine, ...['ADA', 'BOB'].map((number) => aSoldReceipt(100, { ids: { member: number } })));
    const { profiles } = (await identityOf(machine, ada)).body;
    const merged = await desk(machine)('mergeCustomers', { body: { customers: [ada, bob] } });

    await desk(machine)('unmergeCustomers', { body: { merge: merged.body.decision } });

    expect((await identityOf(machine, ada)).body).toMatchObject({ id: ada, profiles });
  });

  it('is not answered of somebody nobody ever heard of', async () => {
    const machine = memoryMachine();

    const { status, body } = await identityOf(machine, member(machine, 'NOBODY'));

    expect({ status, code: body.code }).toEqual({ status: 404, code: 'not-found' });
  });

  it('names a decision without a note by whoever took it', async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSoldReceipt(1, { ids: { member: 'ADA' } }),
      aSoldReceipt(1, { ids: { member: 'BOB' } }),
    );
    const customers = [member(machine, 'ADA'), member(machine, 'BOB')];
    await desk(machine)('mergeCustomers', { body: { customers } });

    const { decisions } = (await identityOf(machine, member(machine, 'ADA'))).body;

    expect(decisions).toMatchObject([{ kind: 'together', by: 'olga' }]);
    expect(decisions[0]).not.toHaveProperty('note');
  });
});

describe('a note on a decision', () => {
  const merged = async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSoldReceipt(1, { ids: { member: 'ADA' } }),
      aSoldReceipt(1, { ids: { member: 'BOB' } }),
    );
    const [ada, bob] = [member(machine, 'ADA'), member(machine, 'BOB')];
    const body = { customers: [ada, bob], note: 'Ada Vermeer phoned' };
    const { decision } = (await desk(machine)('mergeCustomers', { body })).body;
    return { machine, ada, bob, decision };
  };

  it('is read by whoever asks why, and stands nowhere in clear', async () => {
    const { machine, ada } = await merged();

    expect((await identityOf(machine, ada)).body.decisions).toMatchObject([{ note: 'Ada Vermeer phoned' }]);
    expect(machine.everyRow()).not.toContain('Vermeer');
  });

  it.each(['ada', 'bob'] as const)('is gone when %s is erased, and the decision stands', async (erased) => {
    const told = await merged();
    await told.machine.keyring.forget(told[erased]);

    const { status, body } = await identityOf(told.machine, told.ada);

    expect(status).toBe(200);
    expect(body.decisions).toMatchObject([{ id: told.decision, by: 'olga' }]);
    expect(body.decisions[0]).not.toHaveProperty('note');
  });

  it('stays beside the name of the merge that was taken back', async () => {
    const { machine, bob, decision } = await merged();
    await desk(machine)('unmergeCustomers', { body: { merge: decision, note: 'mixed up' } });

    expect((await identityOf(machine, bob)).body.decisions).toMatchObject([
      { kind: 'apart', undoes: decision, note: 'mixed up' },
    ]);
  });
});

describe('a link that joins nobody says why', () => {
  it('because too many members use the phone', async () => {
    const machine = memoryMachine();
    for (const number of ['ADA', 'BOB', 'CLEO'])
      await tell(machine, aSoldReceipt(1, { ids: { member: number, phone } }));
    const [ada, shared] = [member(machine, 'ADA'), phoneOf(machine, phone)];

    const [hers, its] = await Promise.all([identityOf(machine, ada), identityOf(machine, shared)]);

    expect(hers.body.profiles).toMatchObject([
      { id: ada, shared: false, links: [{ profile: shared, state: 'shared' }] },
    ]);
    expect(its.body.profiles).toMatchObject([{ id: shared, shared: true }]);
    expect(its.body.profiles[0].links.map(({ state }: { state: string }) => state)).toEqual([
      'shared',
      'shared',
      'shared',
    ]);
  });

  it('because the stage says that its kind links nobody', async () => {
    const { identity } = memoryMachine().stage;
    const machine = memoryMachine({ identity: { ...identity, linking: ['member', 'phone', 'email'] } });
    await tell(machine, aSoldReceipt(1, { ids: { member: 'ADA', device: 'kiosk' } }));
    const device = machine.keyring.profileId('device', 'kiosk');

    for (const id of [member(machine, 'ADA'), device])
      expect((await identityOf(machine, id)).body.profiles).toMatchObject([
        { id, shared: false, links: [{ state: 'not-linking' }] },
      ]);
  });
});

describe('a web of profiles too large to be thought through', () => {
  const phones = Array.from({ length: 5 }, (_, n) => `+3161234567${n}`);

  /** A member with five phones, each seen with so many devices. */
  async function aLargeWeb(): Promise<MemoryMachine> {
    const machine = memoryMachine();
    const first = '2026-03-01T10:00:00Z';
    await tell(
      machine,
      ...phones.map((own) => aSoldReceipt(1, { ids: { member: 'ADA', phone: own }, occurredAt: first })),
    );
    for (const own of phones)
      await tell(
        machine,
        ...Array.from({ length: 20 }, (_, n) =>
          aSoldReceipt(1, { ids: { phone: own, device: `${own}-${n}` } }),
        ),
      );
    return machine;
  }

  it('takes nobody in: who came last stands alone, and is told why', async () => {
    const machine = await aLargeWeb();
    const last = machine.keyring.profileId('device', `${phones[4]}-19`);

    const { body } = await identityOf(machine, last);

    expect(body).toMatchObject({
      id: last,
      profiles: [
        {
          id: last,
          since: '2026-03-14T10:15:00.000Z',
          links: [{ profile: phoneOf(machine, `${phones[4]}`), state: 'too-many-profiles' }],
        },
      ],
    });
  });

  it('keeps the customer that it was', async () => {
    const machine = await aLargeWeb();

    const { profiles } = (await identityOf(machine, phoneOf(machine, `${phones[4]}`))).body;

    expect(profiles.map(({ id }: { id: string }) => id)).toEqual(
      expect.arrayContaining([member(machine, 'ADA'), ...phones.map((own) => phoneOf(machine, own))]),
    );
  });

  it('is not decided upon: the refusal says that there are too many', async () => {
    const machine = await aLargeWeb();
    await tell(machine, aSoldReceipt(1, { ids: { member: 'BOB' } }));
    const last = machine.keyring.profileId('device', `${phones[4]}-19`);

    const { status, body } = await desk(machine)('mergeCustomers', {
      body: { customers: [member(machine, 'BOB'), last] },
    });

    expect(status).toBe(409);
    expect(body.detail).toContain('too many others');
  });
});
