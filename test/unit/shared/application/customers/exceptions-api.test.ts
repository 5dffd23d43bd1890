import { describe, expect, it } from 'vitest';
import { exceptionsApi } from '../../../../../shared/application/customers/exceptions-api.ts';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, NOW, tell } from '../../../../support/memory-machine.ts';

const ada: Caller = { kind: 'person', name: 'ada', roles: ['analyst'] };
const clerk: Caller = { kind: 'person', name: 'clerk', roles: ['clerk', 'marketer', 'privacy'] };

async function ask(
  machine: MemoryMachine,
  name: 'listExceptions' | 'settleException',
  {
    id = '',
    query = {},
    body = {},
    caller = ada,
  }: { id?: string; query?: Record<string, string>; body?: object; caller?: Caller } = {},
) {
  const answer = await dispatch(routes, exceptionsApi(machine))(name, {
    params: name === 'listExceptions' ? {} : { id },
    query,
    body: JSON.stringify(body),
    caller,
  });
  return { status: answer.status, body: JSON.parse(answer.body) };
}
const listed = async (machine: MemoryMachine, query: Record<string, string> = {}) =>
  (await ask(machine, 'listExceptions', { query })).body.exceptions;

const line = (sku: string, quantity: number, unitPrice: number) => ({ sku, quantity, unitPrice });
const SALE = { store: 'ams-01', terminal: 'till-1', receipt: 'one/1' };
const sale = aSubmission('sale.recorded', {
  occurredAt: '2026-03-01T10:00:00Z',
  data: { ...SALE, lines: [line('TEA', 1, 1_000)] },
});
const back = (id: string, quantity: number, day: number, named: object = SALE) =>
  aSubmission('return.recorded', {
    id,
    occurredAt: `2026-03-0${day}T10:00:00Z`,
    data: { sale: named, lines: [line('TEA', quantity, 1_000)] },
  });
const note = { note: 'Counted the shelf: the till was wrong' };

/** One pound of tea was sold, three came back; and something of a sale that nobody knows, and a void. */
async function aMess(): Promise<MemoryMachine> {
  const machine = memoryMachine();
  await tell(
    machine,
    sale,
    back('b-1', 3, 5),
    back('b-2', 2, 4, { ...SALE, receipt: 'unknown' }),
    aSubmission('sale.voided', { id: 'v-1', data: { ...SALE, receipt: 'gone' } }),
  );
  return machine;
}

describe('exceptions', () => {
  it('are listed with their receipt, the amount, and since when', async () => {
    const machine = await aMess();

    expect(await listed(machine)).toEqual([
      {
        id: expect.stringMatching(/^[\w-]+$/),
        kind: 'over-return',
        sale: SALE,
        since: '2026-03-05T10:00:00.000Z',
        amount: 2_000,
        claims: [{ id: 'b-1', sku: 'TEA', units: 2, amount: 2_000 }],
      },
      expect.objectContaining({
        kind: 'return-without-sale',
        since: '2026-03-04T10:00:00.000Z',
        amount: 2_000,
        claims: [{ id: 'b-2', amount: 2_000 }],
      }),
      expect.objectContaining({ kind: 'void-without-sale', amount: 0, claims: [{ id: 'v-1' }] }),
    ]);
  });

  it('are listed by kind, and page by page', async () => {
    const machine = await aMess();

    expect(await listed(machine, { kind: 'void-without-sale' })).toMatchObject([
      { kind: 'void-without-sale', sale: { receipt: 'gone' } },
    ]);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: '1', ...(cursor === undefined ? {} : { cursor }) };
      const { body } = await ask(machine, 'listExceptions', { query });
      seen.push(...body.exceptions.map(({ kind }: { kind: string }) => kind));
      cursor = body.cursor;
    } while (cursor !== undefined);
    expect(seen).toEqual(['over-return', 'return-without-sale', 'void-without-sale']);
  });

  it('are settled with a note and by whom, and are then listed as such alone', async () => {
    const machine = await aMess();
    const [{ id }] = await listed(machine);

    const { status, body } = await ask(machine, 'settleException', { id, body: note });

    expect(status).toBe(200);
    const settled = { ...note, by: 'ada', at: NOW };
    expect(body).toMatchObject({ id, amount: 2_000, settled });
    expect((await listed(machine)).map(({ kind }: { kind: string }) => kind)).not.toContain('over-return');
    expect(await listed(machine, { state: 'settled' })).toMatchObject([{ id, settled }]);
    expect(await listed(machine, { state: 'all' })).toHaveLength(3);
  });

  it('stay settled while less is claimed, and open again when more is', async () => {
    const machine = await aMess();
    const [{ id }] = await listed(machine);
    await ask(machine, 'settleException', { id, body: note });

    // An earlier return takes the piece, so that of the settled one still more is in excess.
    await tell(machine, back('b-0', 1, 2));
    expect(await listed(machine, { kind: 'over-return' })).toMatchObject([{ id, amount: 3_000 }]);

    await ask(machine, 'settleException', { id, body: note });
    await tell(
      machine,
      aSubmission('sale.recorded', { data: { ...SALE, part: 2, lines: [line('TEA', 2, 1_000)] } }),
    );
    expect(await listed(machine, { kind: 'over-return' })).toEqual([]);
    expect(await listed(machine, { state: 'settled' })).toMatchObject([{ id, amount: 1_000 }]);
  });

  it('are gone once what was missing came, settled or not', async () => {
    const machine = await aMess();
    const [{ id }] = await listed(machine, { kind: 'return-without-sale' });
    await ask(machine, 'settleException', { id, body: note });

    await tell(
      machine,
      aSubmission('sale.recorded', { data: { ...SALE, receipt: 'unknown', lines: [line('TEA', 2, 1_000)] } }),
    );

    expect(await listed(machine, { kind: 'return-without-sale', state: 'all' })).toEqual([]);
    expect((await ask(machine, 'settleException', { id, body: note })).status).toBe(404);
  });

  it.each(['nonsense', 'b3Zlci1yZXR1cm4jbm93aGVyZQ', '%00'])('are not found as %s', async (id) => {
    expect(await ask(await aMess(), 'settleException', { id, body: note })).toMatchObject({
      status: 404,
      body: { code: 'not-found' },
    });
  });

  it('are settled with a note that says something, of no endless length', async () => {
    const machine = await aMess();
    const [{ id }] = await listed(machine);

    for (const body of [{}, { note: ' ' }, { note: 'x'.repeat(501) }, { note: 'x', amount: 0 }])
      expect((await ask(machine, 'settleException', { id, body })).status).toBe(422);
    expect(await listed(machine)).toHaveLength(3);
  });

  it.each(['listExceptions', 'settleException'] as const)(
    'are for analysts and operators: %s',
    async (name) => {
      expect((await ask(await aMess(), name, { caller: clerk, body: note })).status).toBe(403);
    },
  );
});
