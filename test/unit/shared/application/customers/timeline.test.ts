import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customersApi } from '../../../../../shared/application/customers/customers-api.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { toCursor } from '../../../../../shared/domain/kernel/cursor.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, tell } from '../../../../support/memory-machine.ts';

interface Entry {
  readonly id: string;
  readonly occurredAt: string;
  readonly byOthers?: readonly object[];
}
interface Page {
  readonly events: readonly Entry[];
  readonly cursor?: string;
}

async function timeline(
  machine: MemoryMachine,
  query: Record<string, string> = {},
  id: string = machine.keyring.profileId('member', 'M-1'),
) {
  const caller = { kind: 'person', name: 'clerk', roles: ['clerk'] } as const;
  const answer = await dispatch(routes, customersApi(machine))('getTimeline', {
    params: { id },
    query,
    body: '',
    caller,
  });
  return { status: answer.status, body: JSON.parse(answer.body) as Page & { code?: string; path?: string } };
}

async function everyPage(machine: MemoryMachine, limit: number): Promise<Entry[]> {
  const seen: Entry[] = [];
  let cursor: string | undefined;
  do {
    const { body } = await timeline(machine, {
      limit: String(limit),
      ...(cursor === undefined ? {} : { cursor }),
    });
    expect(body.events.length).toBeLessThanOrEqual(limit);
    seen.push(...body.events);
    cursor = body.cursor;
  } while (cursor !== undefined);
  return seen;
}

const phone = '+31612345678';

describe('a timeline', () => {
  it('shows every fact of every profile once, newest first, in pages of any size', async () => {
    const all: Record<string, string>[] = [{ member: 'M-1' }, { phone }, { device: 'd-1' }];
    // Few instants, so that pages end between facts of one instant; often one profile alone has facts.
    const facts = fc.integer({ min: 1, max: 3 }).chain((profiles) =>
      fc.array(fc.tuple(fc.constantFrom(...all.slice(0, profiles)), fc.integer({ min: 0, max: 6 })), {
        maxLength: 25,
      }),
    );
    await fc.assert(
      fc.asyncProperty(facts, fc.integer({ min: 1, max: 7 }), async (told, limit) => {
        const machine = memoryMachine();
        const items = told.map(([ids, hour], n) =>
          aSoldReceipt(1, { id: `f-${n}`, ids, occurredAt: `2026-03-01T0${hour}:00:00.000Z` }),
        );
        const join = aSubmission('member.enrolled', {
          id: 'join',
          ids: { member: 'M-1', phone, device: 'd-1' },
        });
        await tell(machine, ...items, join);

        const seen = await everyPage(machine, limit);

        expect(seen.map(({ id }) => id).sort()).toEqual([...items.map(({ id }) => id), 'join'].sort());
        const times = seen.map(({ occurredAt }) => occurredAt);
        expect(times).toEqual(times.toSorted().reverse());
      }),
      { numRuns: 60 },
    );
  });

  it('holds no signals, and of a fact what was said but no personal data', async () => {
    const machine = memoryMachine();
    await tell(
      machine,
      aSubmission('page.viewed'),
      aSubmission('member.enrolled', { id: 'e', data: { name: 'Ada Vermeer', language: 'nl' } }),
    );

    const { body } = await timeline(machine);

    expect(body).toEqual({
      events: [
        {
          id: 'e',
          type: 'member.enrolled',
          occurredAt: '2026-03-14T10:15:00.000Z',
          source: 'till',
          data: { language: 'nl', homeStore: 'ams-01' },
        },
      ],
    });
  });

  it('shows beside a receipt what others told of it: who brought it back, and a void that names nobody', async () => {
    const machine = memoryMachine();
    const named = (receipt: string) => ({ store: 'ams-01', terminal: '1', receipt });
    const back = (id: string, ids: Record<string, string>) =>
      aSubmission('return.recorded', {
        id,
        ids,
        occurredAt: '2026-03-14T12:00:00Z',
        data: {
          ...named(`back-${id}`),
          lines: [{ sku: 'TEA', quantity: 1, unitPrice: 5 }],
          sale: named('s-1'),
        },
      });
    await tell(
      machine,
      aSubmission('sale.voided', { id: 'void', ids: {}, data: named('s-2') }),
      aSubmission('sale.voided', { id: 'undone', ids: {}, data: named('back-own') }),
      back('theirs', { member: 'M-2' }),
      back('own', { member: 'M-1' }),
      aSoldReceipt(100, { id: 'kept', data: named('s-3') }),
      aSoldReceipt(100, {
        id: 'returned',
        data: { ...named('s-1'), lines: [{ sku: 'TEA', quantity: 2, unitPrice: 5 }] },
      }),
      aSoldReceipt(100, { id: 'voided', data: named('s-2') }),
    );

    const { events } = (await timeline(machine)).body;

    expect(Object.fromEntries(events.map(({ id, byOthers }) => [id, byOthers]))).toEqual({
      own: [expect.objectContaining({ id: 'undone', type: 'sale.voided' })],
      kept: undefined,
      returned: [
        expect.objectContaining({ id: 'undone', type: 'sale.voided' }),
        expect.objectContaining({ id: 'theirs', type: 'return.recorded' }),
      ],
      voided: [expect.objectContaining({ id: 'void', type: 'sale.voided' })],
    });
    expect(JSON.stringify(events)).not.toContain(machine.keyring.profileId('member', 'M-2'));
  });

  it('goes on where it was while new facts arrive', async () => {
    const machine = memoryMachine();
    const at = (hour: number) =>
      aSoldReceipt(1, { id: `h-${hour}`, occurredAt: `2026-03-01T0${hour}:00:00Z` });
    await tell(machine, at(1), at(2), at(3));
    const { body: first } = await timeline(machine, { limit: '2' });
    await tell(machine, at(4), at(0));

    const { body: second } = await timeline(machine, { limit: '2', cursor: String(first.cursor) });

    expect([first, second].map(({ events }) => events.map(({ id }) => id))).toEqual([
      ['h-3', 'h-2'],
      ['h-1', 'h-0'],
    ]);
    expect(second.cursor).toBeUndefined();
  });

  it.each([
    ['a limit of 0', { limit: '0' }, 'query.limit'],
    ['a limit of 201', { limit: '201' }, 'query.limit'],
    ['a limit in words', { limit: 'all' }, 'query.limit'],
    ['a cursor of 2,001 characters', { cursor: 'x'.repeat(2_001) }, 'query.cursor'],
  ])('refuses %s', async (_what, query, path) => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(1));

    expect(await timeline(machine, query)).toMatchObject({
      status: 422,
      body: { code: 'invalid-field', path },
    });
  });

  it.each(['a', 'fact#', 'zzz', toCursor('zzz'), toCursor('a', 'fact#2')])(
    'refuses a cursor that we never gave, for an empty page would look like the end: %j',
    async (cursor) => {
      const machine = memoryMachine();
      await tell(machine, aSoldReceipt(1));

      expect(await timeline(machine, { cursor })).toMatchObject({
        status: 422,
        body: { code: 'invalid-cursor', path: 'cursor' },
      });
    },
  );

  it.each([
    ['of any script, in the order of the tables', ['！', '🙂', 'z', '店', '\uE000']],
    ['as long as they may be', ['🙂', '/', '%', '店', 'x'].map((name) => name.repeat(64))],
  ])('goes through receipts of one instant with names %s', async (_what, names) => {
    const machine = memoryMachine();
    const named = (name: string) =>
      aSubmission('sale.recorded', {
        id: undefined,
        occurredAt: '2026-03-01T00:00:00.000Z',
        data: {
          store: name,
          terminal: name,
          receipt: name,
          lines: [{ sku: 'TEA', quantity: 1, unitPrice: 1 }],
        },
      });
    await tell(machine, ...names.map(named));

    const seen = await everyPage(machine, 1);

    expect(seen).toHaveLength(names.length);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(names.length);
  });

  it('gives cursors that stand in an address as they are', async () => {
    const machine = memoryMachine();
    await tell(machine, aSoldReceipt(1, { id: 'a' }), aSoldReceipt(1, { id: 'b' }));

    const { cursor = '' } = (await timeline(machine, { limit: '1' })).body;

    expect(cursor).toMatch(/^[\w-]+$/);
  });

  it('of nobody is not found', async () => {
    expect(await timeline(memoryMachine())).toMatchObject({ status: 404, body: { code: 'not-found' } });
  });
});
