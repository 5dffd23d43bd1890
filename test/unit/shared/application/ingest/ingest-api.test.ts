import { describe, expect, it } from 'vitest';
import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { ingestApi } from '../../../../../shared/application/ingest/ingest-api.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { type MemoryMachine, memoryMachine, waiting } from '../../../../support/memory-machine.ts';

const source: Caller = { kind: 'source', name: 'till-7' };

async function post(machine: MemoryMachine, body: unknown, caller = source) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await dispatch(routes, ingestApi(machine))('acceptEvents', {
    params: {},
    query: {},
    body: text,
    caller,
  });
  return { ...answer, body: JSON.parse(answer.body) };
}

describe('a request that cannot be taken', () => {
  it.each([
    ['malformed JSON', '{"type":', 400, 'malformed-json'],
    ['nothing', '', 400, 'malformed-json'],
    ['an empty list', [], 422, 'batch-empty'],
    ['an empty batch', { events: [] }, 422, 'batch-empty'],
    ['a batch of which the events are no list', { events: aSoldReceipt(1) }, 422, 'invalid-field'],
    ['1,001 items', Array.from({ length: 1_001 }, () => 0), 413, 'batch-too-large'],
    ['501 KB', JSON.stringify('x'.repeat(500_000)), 413, 'batch-too-large'],
    ['501 KB in 167,000 characters', JSON.stringify('店'.repeat(167_000)), 413, 'batch-too-large'],
    ['a number', '42', 422, 'no-valid-event'],
    ['null', 'null', 422, 'no-valid-event'],
  ])('is refused: %s', async (_what, body, status, code) => {
    const machine = memoryMachine();

    expect(await post(machine, body)).toMatchObject({ status, body: { status, code } });
    expect(waiting(machine)).toEqual([]);
  });

  it('with no valid item gets the results all the same', async () => {
    const { status, body } = await post(memoryMachine(), [{ type: 'no.such' }, aSoldReceipt(-1)]);

    expect(status).toBe(422);
    expect(body).toMatchObject({
      code: 'no-valid-event',
      results: [
        { status: 'rejected', code: 'unknown-type' },
        { status: 'rejected', code: 'invalid-field' },
      ],
    });
  });
});

describe('a sender whose clock is off', () => {
  const ahead = (more = {}) => aSoldReceipt(1, { occurredAt: '2099-01-01T10:00:00Z', ...more });

  it('says once for the batch when it was sent, unless an event says so itself', async () => {
    const machine = memoryMachine();

    const events = [ahead(), ahead({ sentAt: '2099-01-01T10:30:00Z' })];
    const { body } = await post(machine, { events, sentAt: '2099-01-01T11:00:00Z' });

    expect(body.results).toMatchObject([{ status: 'accepted' }, { status: 'accepted' }]);
    expect(waiting(machine)).toMatchObject([
      { occurredAt: '2026-03-15T11:00:00.000Z' },
      { occurredAt: '2026-03-15T11:30:00.000Z' },
    ]);
  });

  it.each(['now', 12, null])('and says %j is told that this is no time', async (sentAt) => {
    const { body } = await post(memoryMachine(), { events: [ahead()], sentAt });

    expect(body.results).toMatchObject([{ status: 'rejected', code: 'invalid-field', path: 'sentAt' }]);
  });
});

describe('events', () => {
  it.each([
    ['one', (receipt: unknown) => receipt],
    ['a list', (receipt: unknown) => [receipt]],
    ['a batch', (receipt: unknown) => ({ events: [receipt] })],
  ])('are taken as %s, in the name of the key', async (_shape, wrap) => {
    const machine = memoryMachine();

    const { status, body } = await post(machine, wrap(aSoldReceipt(100)));

    expect({ status, body }).toMatchObject({ status: 202, body: { results: [{ status: 'accepted' }] } });
    expect(waiting(machine)).toMatchObject([{ source: 'till-7' }]);
  });

  it('of which one is good are answered 202', async () => {
    expect((await post(memoryMachine(), [0, aSoldReceipt(1)])).status).toBe(202);
  });

  it('known already are no error', async () => {
    const machine = memoryMachine();
    const receipt = aSoldReceipt(100);
    await post(machine, receipt);

    expect(await post(machine, receipt)).toMatchObject({
      status: 202,
      body: { results: [{ status: 'duplicate' }] },
    });
  });
});

describe('a batch that says it is history', () => {
  const quietOf = async (body: unknown) => {
    const machine = memoryMachine();
    await post(machine, body);
    return waiting(machine).map(({ quiet }) => quiet);
  };

  it.each([
    ['so', { events: [aSoldReceipt(1)], backfill: true }, ['backfill']],
    ['not so', { events: [aSoldReceipt(1)], backfill: false }, [undefined]],
    [
      'nothing, of something old',
      { events: [aSoldReceipt(1, { occurredAt: '2025-12-31T10:00:00Z' })] },
      ['backfill'],
    ],
    ['nothing, of something new', { events: [aSoldReceipt(1)] }, [undefined]],
  ])('and says %s', async (_what, body, quiet) => {
    expect(await quietOf(body)).toEqual(quiet);
  });

  it('is the same telling as one that does not', async () => {
    const machine = memoryMachine();
    const told = aSoldReceipt(1);
    await post(machine, { events: [told], backfill: true });

    expect((await post(machine, [told])).body.results).toMatchObject([{ status: 'duplicate' }]);
  });

  it('in a word that is neither yes nor no is refused', async () => {
    expect(await post(memoryMachine(), { events: [aSoldReceipt(1)], backfill: 'yes' })).toMatchObject({
      status: 422,
      body: { code: 'invalid-field', path: 'backfill' },
    });
  });

  it('with a slip of the pen is refused before anything is taken: messages would follow from it', async () => {
    const machine = memoryMachine();

    expect(await post(machine, { events: [aSoldReceipt(1)], bakfill: true })).toMatchObject({
      status: 422,
      body: { code: 'invalid-field', detail: expect.stringContaining("the batch: does not know 'bakfill'") },
    });
    expect(waiting(machine)).toEqual([]);
  });
});

describe('a key that is bound to stores', () => {
  const bound: Caller = { kind: 'source', name: 'till-7', stores: ['ams-01', 'ams-02'] };

  it('sends for these alone, and for what names no store', async () => {
    const machine = memoryMachine();
    const own = aSoldReceipt(100, { data: { store: 'ams-02' } });
    const foreign = aSoldReceipt(100, { data: { store: 'rot-01' } });

    const { body } = await post(machine, [own, foreign, aSubmission('member.enrolled')], bound);

    expect(body.results).toMatchObject([
      { status: 'accepted' },
      {
        status: 'rejected',
        code: 'store-not-allowed',
        path: 'data.store',
        detail: expect.stringContaining('ams-01, ams-02'),
      },
      { status: 'accepted' },
    ]);
    expect(waiting(machine)).toHaveLength(2);
  });
});
