import { describe, expect, it } from 'vitest';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { acceptEvents } from '../../../../../shared/application/ingest/accept-events.ts';
import { segmentApi } from '../../../../../shared/application/ingest/segment-api.ts';
import { StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { marketCall, marketSource } from '../../../../builders/a-webhook.ts';
import {
  foldWaiting,
  memoryMachine,
  NOW,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';
import { counts, forDollars, inDollars, MONTHS_LATER, opsOf } from '../../../../support/quarantine-of.ts';
import { sourcesOf } from '../../../../support/sources-of.ts';

describe('what was refused and is tried again', () => {
  it('is taken once the reason is gone, and leaves the quarantine', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars(), inDollars());

    const answer = await opsOf(forDollars(machine)).retryAll('foreign-currency');

    expect(answer).toEqual({ taken: 2, duplicates: 0, refused: {} });
    expect(await counts(machine)).toEqual({});
    expect(await foldWaiting(machine)).toMatchObject({ folded: 2 });
  });

  it('stays, counted as before, where the reason is not gone', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars());

    expect(await opsOf(machine).retry('foreign-currency')).toMatchObject({
      status: 'refused',
      cause: 'foreign-currency',
    });
    expect(await counts(machine)).toEqual({ 'foreign-currency': 1 });
  });

  it('moves to the cause for which it is refused now', async () => {
    const machine = memoryMachine();
    const told = aSoldReceipt(100);
    await submit(machine, { ...told, data: { ...told.data, currency: 'USD' } });
    await tell(machine, told);

    const answer = await opsOf(forDollars(machine)).retryAll('foreign-currency');

    expect(answer).toEqual({ taken: 0, duplicates: 0, refused: { conflict: 1 } });
    expect(await counts(machine)).toEqual({ conflict: 1 });
    expect(await opsOf(machine).open('conflict')).toMatchObject({
      at: NOW,
      source: 'till',
      detail: expect.stringContaining('other content'),
      item: { data: { currency: 'USD' } },
    });
  });

  it('counts as received when it came: months later it is in time still, by the corrected clock', async () => {
    const machine = memoryMachine();
    // The till's clock is an hour slow, and it said so.
    const late = inDollars(100, {
      occurredAt: '2026-03-15T11:00:00.000Z',
      sentAt: '2026-03-15T11:00:00.000Z',
    });
    await submit(machine, late);
    machine.setClock(MONTHS_LATER);

    await opsOf(forDollars(machine)).retry('foreign-currency');

    expect(waiting(machine)).toMatchObject([
      {
        occurredAt: NOW,
        receivedAt: NOW,
        quiet: 'backfill',
        released: { at: MONTHS_LATER, from: 'quarantine' },
      },
    ]);
  });

  it('of one source alone leaves those of others', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars());
    await acceptEvents(machine)([inDollars()], 'web');

    const answer = await opsOf(forDollars(machine)).retryAll('foreign-currency', { source: 'web' });

    expect(answer).toMatchObject({ taken: 1 });
    expect(await counts(machine)).toEqual({ 'foreign-currency': 1 });
  });

  it('goes on from where the call before ended, until nothing is left', async () => {
    const machine = memoryMachine();
    await submit(machine, ...Array.from({ length: 620 }, () => inDollars()));
    const { retryAll } = opsOf(forDollars(machine));

    const first = await retryAll('foreign-currency');
    const second = await retryAll('foreign-currency', { cursor: String(first.cursor) });

    expect([first.taken, second.taken, second.cursor]).toEqual([500, 120, undefined]);
    expect(await counts(machine)).toEqual({});
  });

  it('and was published before a crash is a duplicate, and leaves', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars());
    const dollars = forDollars(machine);
    const dying = {
      ...dollars,
      table: { ...machine.table, commit: () => Promise.reject(new Error('died')) },
    };

    await expect(opsOf(dying).retry('foreign-currency')).rejects.toThrow('died');
    expect(await counts(machine)).toEqual({ 'foreign-currency': 1 });
    await foldWaiting(machine);

    expect(await opsOf(dollars).retry('foreign-currency')).toEqual({ status: 'duplicate' });
    expect(await counts(machine)).toEqual({});
    expect((await readStatus(dollars)).amounts['USD']?.gross).toBe(100);
  });

  it('in a foreign language is read again by its dialect', async () => {
    const machine = memoryMachine();
    const body = { messageId: 'm-1', anonymousId: 'a-1', event: 'Order Completed' };
    const properties = { order_id: 'w-1', currency: 'USD', total: 10, products: [{ sku: 'TEA', price: 10 }] };
    await segmentApi(machine)
      .segmentTrack({
        params: undefined,
        query: undefined,
        body: JSON.stringify({ ...body, properties, timestamp: '2026-03-15T11:00:00Z' }),
        caller: { kind: 'source', name: 'web' },
      })
      .catch(() => undefined);
    const [cause] = Object.keys(await counts(machine));

    expect(await opsOf(forDollars(machine)).retry(cause ?? '')).toEqual({ status: 'taken' });
    expect(await counts(machine)).toEqual({});
    expect(waiting(machine)).toMatchObject([{ type: 'sale.recorded', source: 'web' }]);
  });
});

describe('what a webhook told', () => {
  it('is told apart where its mended mapping makes nothing of it', async () => {
    const machine = memoryMachine();
    const { deliver, open, ask } = sourcesOf(machine);
    await open('market', { ...marketSource, mapping: '"text"' }, 'a-secret-of-them');
    await deliver('market', marketCall('a-secret-of-them', { tid: 1 }));
    await deliver('market', marketCall('a-secret-of-them', { tid: 2 }));
    await ask('putSource', { id: 'market' }, { ...marketSource, mapping: '[]' });

    expect(await opsOf(machine).retry('mapping-result')).toEqual({ status: 'nothing' });
    expect(await opsOf(machine).retryAll('mapping-result')).toEqual({
      taken: 0,
      duplicates: 0,
      nothing: 1,
      refused: {},
    });
    expect(await counts(machine)).toEqual({});
  });

  it('waits under a cause of its own where its source is gone', async () => {
    const machine = memoryMachine();
    await submit(machine, { dialect: 'shopify', source: 'closed', body: {} });

    expect(await opsOf(machine).retryAll('unknown-type')).toMatchObject({ refused: { 'source-gone': 1 } });
    expect(await counts(machine)).toEqual({ 'source-gone': 1 });
  });
});

describe('a retry while we fail ourselves', () => {
  it('fails as a whole, and what was to be tried stays under its cause', async () => {
    const machine = memoryMachine();
    const { deliver, open } = sourcesOf(machine);
    await open('market', { ...marketSource, mapping: '"text"' }, 'a-secret-of-them');
    await deliver('market', marketCall('a-secret-of-them'));
    const get = () => Promise.reject(new StoreUnavailable('full'));
    const getMany = get;
    const failing = { ...machine, table: { ...machine.table, get, getMany } };

    await expect(opsOf(failing).retryAll('mapping-result')).rejects.toMatchObject({
      code: 'store-unavailable',
    });

    expect(await counts(machine)).toEqual({ 'mapping-result': 1 });
  });
});

describe('a message of several events, one of which is refused', () => {
  it('does not count its signals again with each attempt', async () => {
    const machine = memoryMachine();
    const { deliver, open } = sourcesOf(machine);
    const mapping = `[
      { "type": "page.viewed", "occurredAt": body.at, "ids": { "device": "d" }, "data": { "path": "/" } },
      { "type": "sale.recorded", "occurredAt": body.at, "data": { "store": "web", "receipt": "1",
        "currency": "USD", "lines": [{ "sku": "TEA", "quantity": 1, "unitPrice": 100 }] } }
    ]`;
    await open('market', { ...marketSource, mapping }, 'a-secret-of-them');
    await deliver('market', marketCall('a-secret-of-them', { at: '2026-03-15T09:00:00Z' }));
    await foldWaiting(machine);
    // So many that the record no longer remembers the first one.
    const views = Array.from({ length: 40 }, () =>
      aSubmission('page.viewed', { ids: { device: 'd' }, occurredAt: '2026-03-15T10:00:00Z' }),
    );
    await tell(machine, ...views);

    const { retryAll } = opsOf(machine);
    for (const _time of ['once', 'twice']) {
      expect(await retryAll('foreign-currency')).toMatchObject({ refused: { 'foreign-currency': 1 } });
      await foldWaiting(machine);
    }

    expect((await readStatus(machine)).signals).toEqual({ 'page.viewed': 41 });
  });
});
