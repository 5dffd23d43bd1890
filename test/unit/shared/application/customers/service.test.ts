import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customersApi } from '../../../../../shared/application/customers/customers-api.ts';
import { foldEvents } from '../../../../../shared/application/customers/fold-events.ts';
import { readCustomer } from '../../../../../shared/application/customers/read-customer.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { keys } from '../../../../../shared/contracts/keys.ts';
import { type Role, roles } from '../../../../../shared/contracts/route.ts';
import type { RouteName } from '../../../../../shared/contracts/routes.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { waitingForCall } from '../../../../../shared/domain/customers/care.ts';
import { dayFromIso } from '../../../../../shared/domain/kernel/day.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { anEvent, profile } from '../../../../builders/an-event.ts';
import { type MemoryMachine, memoryMachine, tell, waiting } from '../../../../support/memory-machine.ts';

type Asked = Extract<RouteName, 'getCustomer' | 'lookUpCustomer' | 'getTimeline' | 'listCallBacks'>;

async function ask(
  machine: MemoryMachine,
  name: Asked,
  {
    as = ['clerk'],
    id = '',
    ...more
  }: { as?: readonly Role[]; id?: string; query?: Record<string, string>; body?: unknown } = {},
) {
  const answer = await dispatch(routes, customersApi(machine))(name, {
    params: { id },
    query: more.query ?? {},
    body: JSON.stringify(more.body ?? {}),
    caller: { kind: 'person', name: 'somebody', roles: as },
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}

const listed = async (machine: MemoryMachine, query: Record<string, string> = {}) =>
  (await ask(machine, 'listCallBacks', { query })).body;

const complains = (ticket: string, occurredAt: string, more: Record<string, unknown> = {}) =>
  aSubmission('complaint.recorded', {
    occurredAt,
    data: { ticket, severity: 'high', text: 'It was open.', ...more },
  });

describe('who waits to be called', () => {
  it('is listed with the deadline, those who waited longest first, in pages', async () => {
    const machine = memoryMachine({ callBackHours: 24 });
    await tell(
      machine,
      complains('C-2', '2026-03-15T11:00:00.000Z'),
      complains('C-1', '2026-03-13T10:00:00.000Z'),
      complains('C-3', '2026-03-15T09:00:00.000Z', { severity: 'medium' }),
    );
    const customer = machine.keyring.profileId('member', 'M-1');

    const first = await listed(machine, { limit: '1' });
    const second = await listed(machine, { limit: '1', cursor: first.cursor });

    expect(first.callBacks).toEqual([
      {
        customer,
        ticket: 'C-1',
        since: '2026-03-13T10:00:00.000Z',
        due: '2026-03-14T10:00:00.000Z',
        overdue: true,
      },
    ]);
    expect(second).toEqual({
      callBacks: [
        {
          customer,
          ticket: 'C-2',
          since: '2026-03-15T11:00:00.000Z',
          due: '2026-03-16T11:00:00.000Z',
          overdue: false,
        },
      ],
    });
  });

  it('is who waits by the records, whatever was told in whatever order and in however many goes', async () => {
    const events = fc.array(
      fc
        .tuple(
          fc.constantFrom('complaint.recorded' as const, 'callback.made' as const, 'ticket.closed' as const),
          fc.record({ ticket: fc.constantFrom('C-1', 'C-2'), severity: fc.constantFrom('low', 'high') }),
          fc.integer({ min: 0, max: 4 }),
          fc.constantFrom('ada', 'bea'),
        )
        .map(([type, data, hour, who]) =>
          anEvent(type, { data, profile: profile(who), occurredAt: `2026-03-14T0${hour}:00:00.000Z` }),
        ),
      { maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(events, fc.nat(8), async (told, split) => {
        const machine = memoryMachine();
        for (const part of [told.slice(0, split), told.slice(split), told]) await foldEvents(machine)(part);

        const { callBacks } = await listed(machine);

        const wanted = await Promise.all(
          ['ada', 'bea'].map(async (who) => {
            const found = await readCustomer(machine.table, profile(who), dayFromIso('2026-03-15'));
            return found === undefined
              ? []
              : waitingForCall(found.view.aggregate).map((one) => ({ customer: profile(who), ...one }));
          }),
        );
        expect(callBacks).toHaveLength(wanted.flat().length);
        expect(callBacks).toEqual(
          expect.arrayContaining(wanted.flat().map((one) => expect.objectContaining(one))),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('is nobody who was called under another of their identifiers', async () => {
    const machine = memoryMachine();
    const phone = '+31612345678';
    await tell(
      machine,
      aSubmission('member.updated', { id: 'link', ids: { member: 'M-1', phone } }),
      { ...complains('C-1', '2026-03-13T10:00:00.000Z'), ids: { phone } },
      { ...complains('C-2', '2026-03-13T11:00:00.000Z'), ids: { phone } },
    );
    const customer = machine.keyring.profileId('member', 'M-1');
    const waits = async () =>
      (await listed(machine)).callBacks.map((one: { customer: string; ticket: string }) => [
        one.customer,
        one.ticket,
      ]);
    expect(await waits()).toEqual([
      [customer, 'C-1'],
      [customer, 'C-2'],
    ]);

    await tell(
      machine,
      aSubmission('callback.made', {
        id: 'call',
        ids: { member: 'M-1' },
        occurredAt: '2026-03-14T10:00:00.000Z',
        data: { ticket: 'C-1' },
      }),
    );

    expect(await waits()).toEqual([[customer, 'C-2']]);
  });

  it('refuses a cursor that we never gave', async () => {
    const { status, body } = await ask(memoryMachine(), 'listCallBacks', { query: { cursor: '2026' } });

    expect([status, body.code]).toEqual([422, 'invalid-cursor']);
  });

  it('of a till’s stranger is nobody', async () => {
    const machine = memoryMachine();
    await tell(machine, { ...complains('C-1', '2026-03-15T11:00:00.000Z'), ids: {} });

    expect(await listed(machine)).toEqual({ callBacks: [] });
  });
});

describe('what a customer said', () => {
  const said = { text: 'My neighbour Bob Smith saw it', email: 'bob@example.com' };

  it('stands nowhere in clear, and is shown to the privacy role alone', async () => {
    const machine = memoryMachine();
    await tell(machine, complains('C-1', '2026-03-14T10:00:00.000Z', said));
    const id = machine.keyring.profileId('member', 'M-1');

    const shown = await Promise.all(
      roles.map(async (role) => {
        const { body } = await ask(machine, 'getTimeline', { id, as: [role] });
        return [role, body.events[0].said, body.events[0].data?.severity];
      }),
    );

    expect(machine.everyRow()).not.toMatch(/Bob|bob@/);
    expect(shown).toEqual([
      ['marketer', undefined, 'high'],
      ['analyst', undefined, 'high'],
      ['clerk', undefined, 'high'],
      ['privacy', said, 'high'],
      ['ops', undefined, undefined],
    ]);
  });

  it('is kept for each event, and not for strangers', async () => {
    const machine = memoryMachine();
    const review = (text: string, ids: Record<string, string>) =>
      aSubmission('review.written', { ids, data: { text } });
    await tell(
      machine,
      review('Good', { member: 'M-1' }),
      review('Bad', { member: 'M-1' }),
      review('So-so', {}),
    );

    const id = machine.keyring.profileId('member', 'M-1');
    const { body } = await ask(machine, 'getTimeline', { id, as: ['privacy'] });

    expect(body.events.map((event: { said?: unknown }) => event.said)).toEqual([
      { text: 'Bad' },
      { text: 'Good' },
    ]);
    expect(machine.everyRow()).not.toContain('So-so');
  });
});

describe('a timeline of one type', () => {
  it('holds nothing else, and goes on where the page ended', async () => {
    const machine = memoryMachine();
    const at = (hour: number) => `2026-03-14T0${hour}:00:00.000Z`;
    await tell(
      machine,
      complains('C-1', at(1)),
      aSubmission('sale.recorded', { occurredAt: at(2) }),
      complains('C-2', at(3)),
    );
    const id = machine.keyring.profileId('member', 'M-1');
    const page = async (cursor?: string) =>
      (
        await ask(machine, 'getTimeline', {
          id,
          query: { type: 'complaint.recorded', limit: '2', ...(cursor === undefined ? {} : { cursor }) },
        })
      ).body;

    const first = await page();
    const second = await page(first.cursor);

    const tickets = [first, second].map(({ events }) =>
      events.map(({ data }: { data: { ticket: string } }) => data.ticket),
    );
    expect(tickets).toEqual([['C-2'], ['C-1']]);
    expect((await ask(machine, 'getTimeline', { id, query: { type: 'sale.imagined' } })).status).toBe(422);
  });
});

describe('word that there must be no more messages', () => {
  const stops = (kind: string, ids: Record<string, string>) =>
    aSubmission('message.stopped', {
      ids,
      data: { kind, channel: 'email', diagnostic: '550 ada@example.com' },
    });

  const standing = async (machine: MemoryMachine, id: ProfileId) => ({
    closed: (await machine.table.get(keys.suppression(machine.keyring.profileId('email', 'ada@example.com'))))
      ?.value['reason'],
    consent: (await readCustomer(machine.table, id, dayFromIso('2026-03-15')))?.view.aggregate.consent.email
      ?.status,
  });

  it.each([
    ['bounced', { member: 'M-1', email: 'Ada@Example.com' }, { closed: 'bounced', consent: undefined }],
    ['complained', { email: 'ada@example.com' }, { closed: 'complained', consent: undefined }],
    [
      'unsubscribed',
      { member: 'M-1', email: 'ada@example.com' },
      { closed: undefined, consent: 'withdrawn' },
    ],
    ['bounced', { member: 'M-1' }, { closed: undefined, consent: 'withdrawn' }],
  ])('%s of %j closes what it can', async (kind, ids: Record<string, string>, expected) => {
    const machine = memoryMachine();
    await tell(machine, stops(kind, ids), stops(kind, ids));

    const [strongest = '', value = ''] = Object.entries(ids)[0] ?? [];
    const id = machine.keyring.profileId(
      strongest as 'member' | 'email',
      value.toLowerCase().startsWith('m-') ? value : value.toLowerCase(),
    );

    expect(await standing(machine, id)).toEqual(expected);
    expect(machine.everyRow()).not.toContain('example.com');
  });

  it('keeps the first reason', async () => {
    const machine = memoryMachine();
    const ids = { email: 'ada@example.com' };
    await tell(machine, stops('complained', ids));
    await tell(machine, stops('bounced', ids));

    expect((await standing(machine, machine.keyring.profileId('email', ids.email))).closed).toBe(
      'complained',
    );
  });
});

describe('a notice', () => {
  it('goes to the archive and changes no record', async () => {
    const machine = memoryMachine();
    await tell(machine, aSubmission('sale.recorded'));
    const before = machine.everyRow().length;
    await tell(machine, aSubmission('stock.low'));

    expect(machine.take('ingest/archive-events')).toHaveLength(2);
    expect(waiting(machine)).toEqual([]);
    expect(machine.everyRow().length).toBeLessThanOrEqual(before);
  });
});

describe('what each role gets of a customer', () => {
  const parts = async (as: readonly Role[]) => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSubmission('member.enrolled', { ids: { member: 'M-1', email: 'ada@example.com' } }),
      aSubmission('product.viewed'),
    );
    const { body } = await ask(machine, 'lookUpCustomer', { as, body: { member: 'M-1' } });
    const { contact, profiles: _profiles, id: _id, currency: _currency, ...more } = body;
    return { contact, more: Object.keys(more) };
  };

  it('is ids for ops', async () => {
    expect(await parts(['ops'])).toEqual({ contact: {}, more: [] });
  });

  it('is care and purchases for clerks, without an address or what somebody looked at', async () => {
    const { contact, more } = await parts(['clerk']);

    expect(contact).toEqual({ name: 'A** V******' });
    expect(more).toEqual(expect.arrayContaining(['care', 'purchases', 'categories', 'lifecycle']));
    expect(more).not.toContain('browsing');
  });

  it('is what was looked at for marketers, and everything in clear for privacy', async () => {
    expect(await parts(['marketer'])).toMatchObject({
      contact: { email: 'a**@example.com' },
      more: expect.arrayContaining(['browsing']),
    });
    expect(await parts(['privacy'])).toMatchObject({
      contact: { name: 'Ada Vermeer', email: 'ada@example.com' },
    });
  });
});
