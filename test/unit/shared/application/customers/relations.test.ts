import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customersApi } from '../../../../../shared/application/customers/customers-api.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { aggregateOf } from '../../../../../shared/application/customers/read-customer.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import type { Role } from '../../../../../shared/contracts/route.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { nobody } from '../../../../../shared/domain/customers/aggregate.ts';
import { fold } from '../../../../../shared/domain/customers/measure.ts';
import { householdOf } from '../../../../../shared/domain/customers/relations.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { anEvent, profile } from '../../../../builders/an-event.ts';
import {
  accepted,
  type MemoryMachine,
  memoryMachine,
  submit,
  tell,
} from '../../../../support/memory-machine.ts';

type Ids = Readonly<Record<string, string>>;

const at = (hour: number) => `2026-03-14T0${hour}:00:00.000Z`;
const joins = (ids: Ids, household: string, hour = 1, status = 'joined') =>
  aSubmission('household.changed', { ids, occurredAt: at(hour), data: { household, status } });
const leaves = (ids: Ids, household: string, hour: number) => joins(ids, household, hour, 'left');
const brought = (ids: Ids, relatedIds: Ids, hour = 1) =>
  aSubmission('referral.recorded', { ids, relatedIds, occurredAt: at(hour) });
const buys = (ids: Ids) => aSubmission('sale.recorded', { ids });
const member = (machine: MemoryMachine, number: string) => machine.keyring.profileId('member', number);

async function lookUp(machine: MemoryMachine, ids: Ids, as: Role = 'clerk') {
  const answer = await dispatch(routes, customersApi(machine))('lookUpCustomer', {
    params: {},
    query: {},
    body: JSON.stringify(ids),
    caller: { kind: 'person', name: 'somebody', roles: [as] },
  });
  return JSON.parse(answer.body);
}

describe('the household of a customer', () => {
  const word = (household: string, hour: number, status: string) =>
    anEvent('household.changed', { occurredAt: at(hour), data: { household, status } });

  it.each([
    ['is the one joined last', [word('H-1', 1, 'joined'), word('H-2', 2, 'joined')], 'H-2'],
    [
      'stays the new one where the old one is left afterwards',
      [word('H-1', 1, 'joined'), word('H-2', 2, 'joined'), word('H-1', 3, 'left')],
      'H-2',
    ],
    ['is none once it was left', [word('H-1', 1, 'joined'), word('H-1', 2, 'left')], undefined],
    [
      'is none where it was joined and left in one instant',
      [word('H-1', 1, 'left'), word('H-1', 1, 'joined')],
      undefined,
    ],
    [
      'is the greater name of two joined in one instant',
      [word('H-2', 1, 'joined'), word('H-1', 1, 'joined')],
      'H-2',
    ],
  ])('%s', (_what, events, expected) => {
    for (const told of [events, events.toReversed()])
      expect(householdOf(fold(nobody, told).households)).toBe(expected);
  });

  it('lists whom the records say, whatever was told in whatever order and in however many goes', async () => {
    const events = fc.array(
      fc
        .record({
          household: fc.constantFrom('H-1', 'H-2'),
          status: fc.constantFrom('joined', 'left'),
          hour: fc.integer({ min: 0, max: 4 }),
          who: fc.constantFrom('ada', 'bea'),
        })
        .map(({ household, status, hour, who }) =>
          anEvent('household.changed', {
            data: { household, status },
            profile: profile(who),
            occurredAt: at(hour),
          }),
        ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(events, fc.nat(8), async (told, split) => {
        const machine = memoryMachine();
        for (const part of [told.slice(0, split), told.slice(split), told]) await foldEvents(machine)(part);

        const listed = async (household: string) => {
          const { pk } = keys.householdMember(household, '');
          return (await machine.table.query({ table: 'control', pk, limit: 10 })).items.map(({ sk }) => sk);
        };
        const wanted = await Promise.all(
          ['ada', 'bea'].map(async (who) => {
            const { households } = aggregateOf(await machine.table.get(keys.aggregate(profile(who))));
            return [profile(who), householdOf(households)] as const;
          }),
        );
        for (const household of ['H-1', 'H-2'])
          expect(await listed(household)).toEqual(
            wanted.filter(([, own]) => own === household).map(([id]) => id),
          );
      }),
      { numRuns: 60 },
    );
  });

  it('is shown with the others in it, each once, as the customers that they are today', async () => {
    const machine = memoryMachine();
    const phone = '+31612345678';
    await tell(
      machine,
      joins({ member: 'M-1' }, 'H-1'),
      joins({ member: 'M-2' }, 'H-1'),
      joins({ phone }, 'H-1'),
      buys({ member: 'M-2', phone }),
      joins({ member: 'M-3' }, 'H-2'),
    );

    const [mine, theirs] = [await lookUp(machine, { member: 'M-1' }), await lookUp(machine, { phone })];

    expect(theirs.profiles).toHaveLength(2);
    expect(mine.household).toEqual({ name: 'H-1', members: [theirs.id] });
    expect(theirs.household).toEqual({ name: 'H-1', members: [mine.id] });
    expect((await lookUp(machine, { member: 'M-3' })).household).toEqual({ name: 'H-2', members: [] });
  });

  it('does not show a customer who left it under another identifier', async () => {
    const machine = memoryMachine();
    const phone = '+31612345678';
    await tell(
      machine,
      joins({ member: 'M-1' }, 'H-1'),
      joins({ member: 'M-2' }, 'H-1'),
      buys({ member: 'M-2', phone }),
      leaves({ phone }, 'H-1', 2),
    );

    expect((await lookUp(machine, { phone })).household).toBeUndefined();
    expect((await lookUp(machine, { member: 'M-1' })).household).toEqual({ name: 'H-1', members: [] });
  });

  it('that half a town shares is shown in part, and says so', async () => {
    const machine = memoryMachine();
    await tell(machine, ...Array.from({ length: 30 }, (_, n) => joins({ member: `M-${n}` }, 'H-1')));

    const { household } = await lookUp(machine, { member: 'M-1' });

    expect(household).toMatchObject({ name: 'H-1', more: true });
    expect(household.members).toHaveLength(20);
  });

  it('of strangers is nobody’s', async () => {
    const machine = memoryMachine();
    await tell(machine, joins({ member: 'M-1' }, 'H-1'), joins({}, 'H-1'));

    expect((await lookUp(machine, { member: 'M-1' })).household).toEqual({ name: 'H-1', members: [] });
  });
});

describe('who brought a customer', () => {
  const [ada, bea, cas] = [{ member: 'M-1' }, { member: 'M-2' }, { member: 'M-3' }];

  it.each([
    ['in order', [brought(ada, bea, 1), brought(ada, cas, 2)]],
    ['the later one told first', [brought(ada, cas, 2), brought(ada, bea, 1)]],
  ])('is whoever came first with them, %s', async (_order, referrals) => {
    const machine = memoryMachine();
    await tell(machine, buys(bea), buys(cas));
    for (const one of referrals) await tell(machine, one, one);

    expect((await lookUp(machine, ada)).referredBy).toBe(member(machine, 'M-2'));
    expect((await lookUp(machine, bea)).referredBy).toBeUndefined();
  });

  it('is found by any identifier, stands nowhere in clear, and is linked with nobody', async () => {
    const machine = memoryMachine();
    const email = 'bea@example.com';
    await tell(machine, brought(ada, { email: 'Bea@Example.com', device: 'laptop' }));
    const before = await lookUp(machine, ada);
    await tell(machine, aSubmission('member.enrolled', { ids: { ...bea, email }, data: { name: 'Bea' } }));

    const [after, other] = [await lookUp(machine, ada), await lookUp(machine, bea)];

    expect(before.referredBy).toBeUndefined();
    expect(after).toMatchObject({ referredBy: other.id, profiles: [after.id] });
    expect(other.profiles).toHaveLength(2);
    expect(machine.everyRow()).not.toMatch(/bea@example|laptop/i);
  });

  it('is nobody once both turn out to be the same customer', async () => {
    const machine = memoryMachine();
    const phone = '+31612345678';
    await tell(machine, brought(ada, { phone }), buys({ phone }));
    const before = await lookUp(machine, ada);
    await tell(machine, buys({ ...ada, phone }));

    expect(before.referredBy).toBe(machine.keyring.profileId('phone', phone));
    expect((await lookUp(machine, ada)).referredBy).toBeUndefined();
  });

  it('is shown, as households are, to those who see the record', async () => {
    const machine = memoryMachine();
    await tell(machine, buys(bea), brought(ada, bea), joins(ada, 'H-1'));
    const seenBy = async (role: Role) => Object.keys(await lookUp(machine, ada, role));

    for (const role of ['clerk', 'marketer', 'analyst', 'privacy'] as const)
      expect(await seenBy(role)).toEqual(expect.arrayContaining(['household', 'referredBy']));
    const ops = await seenBy('ops');
    expect([ops.includes('household'), ops.includes('referredBy')]).toEqual([false, false]);
  });
});

describe('a referral at the door', () => {
  const id = 'ref-1';
  const told = (ids: Ids, relatedIds?: Ids | null) => ({
    ...aSubmission('referral.recorded', { id, ids }),
    relatedIds,
  });
  const own = { member: 'M-1', email: 'ada@example.com' };

  it.each([
    ['without who brought them', told(own), 'related-missing', 'relatedIds'],
    ['with nothing that could be read of them', told(own, { phone: '12' }), 'related-missing', 'relatedIds'],
    ['with nobody in particular', told(own, { phone: '06 00000000' }), 'related-missing', 'relatedIds'],
    ['of nobody', told({}, { member: 'M-2' }), 'ids-missing', 'ids'],
    ['of somebody by themselves', told(own, { member: 'm-1' }), 'related-to-self', 'relatedIds.member'],
    [
      'of somebody by themselves, by their other address',
      told(own, { member: 'M-2', email: 'Ada@example.com' }),
      'related-to-self',
      'relatedIds.email',
    ],
  ])('%s is refused', async (_what, event, code, path) => {
    const machine = memoryMachine();

    expect(await submit(machine, event)).toMatchObject([{ status: 'rejected', code, path }]);
    expect(machine.everyRow()).not.toMatch(/ada@example/i);
  });

  it('is kept without what cannot be read, with a warning', async () => {
    const results = await submit(memoryMachine(), told(own, { member: 'M-2', phone: '12' }));

    expect(results).toMatchObject([
      { status: 'accepted', warnings: [{ code: 'invalid-phone', path: 'relatedIds.phone' }] },
    ]);
  });

  it('told again is the same one, and by somebody else a contradiction', async () => {
    const machine = memoryMachine();
    await tell(machine, told(own, { member: 'M-2' }));

    expect(await submit(machine, told(own, { member: 'm-2' }), told(own, { member: 'M-3' }))).toMatchObject([
      { status: 'duplicate' },
      { status: 'rejected', code: 'conflict' },
    ]);
  });

  it('as a CloudEvent says it in its data', async () => {
    const machine = memoryMachine();
    const [event] = await accepted(machine, {
      specversion: '1.0',
      id: '1',
      source: '/shop',
      type: 'referral.recorded',
      time: at(1),
      data: { ids: own, relatedIds: { member: 'M-2' }, programme: 'friends' },
    });

    expect(event).toMatchObject({ related: member(machine, 'M-2'), data: { programme: 'friends' } });
    expect(event?.data).not.toHaveProperty('relatedIds');
  });

  it('is the only kind of event that takes anybody else', async () => {
    const machine = memoryMachine();
    const [event] = await accepted(machine, { ...buys(own), relatedIds: { member: 'M-2' } });

    expect(event).not.toHaveProperty('related');
  });
});
