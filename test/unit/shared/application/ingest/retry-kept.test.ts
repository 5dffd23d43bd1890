import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonataMapper } from '../../../../../shared/adapters/jsonata/jsonata-mapper.ts';
import { readTimeline } from '../../../../../shared/application/customers/read-timeline.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { acceptEvents } from '../../../../../shared/application/ingest/accept-events.ts';
import {
  type QuarantineDeps,
  quarantineApi,
} from '../../../../../shared/application/ingest/quarantine-api.ts';
import { readKept } from '../../../../../shared/application/ingest/quarantine-store.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { segmentApi } from '../../../../../shared/application/ingest/segment-api.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import { sights } from '../../../../../shared/domain/customers/mask.ts';
import { shops } from '../../../../../shared/domain/dialects/shops.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import { Defect, StoreUnavailable } from '../../../../../shared/domain/kernel/errors.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import { marketCall, marketSource } from '../../../../builders/a-webhook.ts';
import {
  accepted,
  foldWaiting,
  type MemoryMachine,
  memoryMachine,
  NOW,
  submit,
  tell,
  waiting,
} from '../../../../support/memory-machine.ts';
import { sourcesOf } from '../../../../support/sources-of.ts';

const ops: Caller = { kind: 'person', name: 'ada', roles: ['ops'], key: 'key-1' };
const MONTHS_LATER = '2026-06-20T12:00:00.000Z';

/** What ops people do over HTTP, as a rule on a machine whose memory of the latest names is gone, as after a restart. */
function opsOf(machine: MemoryMachine, recent = recentKeys(), caller = ops) {
  const notes: [string, Readonly<Record<string, string>>][] = [];
  const deps: QuarantineDeps = {
    ...machine,
    recent,
    mapper: jsonataMapper(),
    shops,
    note: (what, ids) => notes.push([what, ids]),
  };
  const api = quarantineApi(deps);
  const idOf = async (cause: string): Promise<string> => {
    const { kept } = await readKept(machine, cause, { limit: 1 });
    return kept[0]?.id ?? 'none';
  };
  return {
    notes,
    overview: async () =>
      (await api.quarantine({ params: undefined, query: undefined, body: undefined, caller: ops })).body
        .causes,
    list: async (cause: string, page: { limit: number; cursor?: string }) =>
      (
        await api.listQuarantined({
          params: { cause },
          query: { cursor: undefined, ...page },
          body: undefined,
          caller,
        })
      ).body,
    open: async (cause: string) =>
      (
        await api.openQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: undefined,
          caller,
        })
      ).body,
    retry: async (cause: string, event?: Record<string, unknown>) =>
      (
        await api.retryQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: event === undefined ? {} : { event },
          caller: ops,
        })
      ).body,
    retryAll: async (cause: string, body: { source?: string; cursor?: string } = {}) =>
      (await api.retryCause({ params: { cause }, query: undefined, body, caller: ops })).body,
    discard: async (cause: string, note: string) =>
      (
        await api.discardQuarantined({
          params: { cause, id: await idOf(cause) },
          query: undefined,
          body: { note },
          caller: ops,
        })
      ).body,
  };
}

const counts = async (machine: MemoryMachine) => (await readStatus(machine)).quarantine;
const inDollars = (amount = 100, more = {}) =>
  aSoldReceipt(amount, {
    ...more,
    data: { currency: 'USD', ...('data' in more ? (more.data as object) : {}) },
  });
/** The same shop after it was set up for dollars. */
const forDollars = (machine: MemoryMachine): MemoryMachine => ({
  ...machine,
  stage: { ...machine.stage, currency: 'USD' },
});

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

describe('one of many that is damaged', () => {
  const damaged = async (machine: MemoryMachine, cause: string, text: string) => {
    const item = (await machine.table.query({ table: 'control', pk: `quarantine#${cause}`, limit: 1 }))
      .items[0];
    if (item === undefined) throw new Error('nothing is kept');
    await machine.table.commit([{ put: item, value: { ...item.value, sealed: text, beside: text } }]);
    return item.sk;
  };

  it('and cannot be opened hides no other, and can be thrown away', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars(), inDollars(), inDollars());
    const id = await damaged(machine, 'foreign-currency', 'no.seal');
    const dollars = opsOf(forDollars(machine));

    expect((await dollars.overview())[0]?.samples.map((one) => one.type)).toContain(undefined);
    expect((await dollars.list('foreign-currency', { limit: 10 })).items).toHaveLength(3);
    expect(await dollars.retryAll('foreign-currency')).toEqual({
      taken: 2,
      duplicates: 0,
      refused: { 'foreign-currency': 1 },
    });
    expect(await dollars.open('foreign-currency')).toMatchObject({ id, source: 'till' });
    expect(await dollars.discard('foreign-currency', 'cannot be read')).toEqual({ status: 'discarded' });
    expect(await counts(machine)).toEqual({});
  });

  it('and breaks something of ours stays, is noted, and does not stop the others', async () => {
    const machine = memoryMachine();
    const bad = inDollars(666);
    await submit(machine, inDollars(), bad, inDollars());
    const { keyring } = machine;
    const breaking = {
      ...keyring,
      secretDigest: (secret: string) => {
        if (secret.includes('666')) throw new Defect('odd', 'this one alone');
        return keyring.secretDigest(secret);
      },
    };
    const broken = opsOf({ ...forDollars(machine), keyring: breaking });

    expect(await broken.retryAll('foreign-currency')).toEqual({
      taken: 2,
      duplicates: 0,
      refused: { 'retry-failed': 1 },
    });
    expect(broken.notes).toContainEqual([
      'quarantine retry failed',
      { cause: 'foreign-currency', id: expect.any(String), error: 'odd' },
    ]);
    expect(await counts(machine)).toEqual({ 'foreign-currency': 1 });
    expect(await opsOf(forDollars(machine)).retryAll('foreign-currency')).toMatchObject({ taken: 1 });
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

describe('what is mended by hand', () => {
  it('is taken in place of what was sent', async () => {
    const machine = memoryMachine();
    const right = aSoldReceipt(250);
    await submit(machine, { ...right, occurredAt: 'yesterday' });

    expect(await opsOf(machine).retry('invalid-field', right)).toEqual({ status: 'taken' });
    expect(await foldWaiting(machine)).toMatchObject({ folded: 1 });
    expect((await readStatus(machine)).amounts['EUR']?.gross).toBe(250);
    expect(await counts(machine)).toEqual({});
  });

  it('and still wrong is refused, and what was sent stays as it was', async () => {
    const machine = memoryMachine();
    const right = aSoldReceipt(250);
    await submit(machine, { ...right, occurredAt: 'yesterday' });

    const outcome = await opsOf(machine).retry('invalid-field', { ...right, type: 'no.such' });

    expect(outcome).toMatchObject({ status: 'refused', cause: 'unknown-type', path: 'type' });
    expect(await opsOf(machine).open('invalid-field')).toMatchObject({ item: { occurredAt: 'yesterday' } });
  });

  it('brings in what was too long to be kept whole', async () => {
    const machine = memoryMachine();
    const right = aSoldReceipt(250);
    await submit(machine, { ...right, data: { ...right.data, note: 'x'.repeat(1_100_000) } });

    expect(await opsOf(machine).retry('event-too-large')).toMatchObject({ cause: 'event-too-large' });
    expect((await opsOf(machine).open('event-too-large')).item).toBeUndefined();
    expect(await opsOf(machine).retry('event-too-large', right)).toEqual({ status: 'taken' });
  });
});

describe('a conflict that only the fold saw', () => {
  async function twoTellings(): Promise<MemoryMachine> {
    const machine = memoryMachine();
    const first = aSubmission('member.enrolled', { id: 'twice', data: { name: 'Ada' } });
    const second = { ...first, data: { ...first.data, name: 'Somebody else' } };
    const told = [
      ...(await accepted(machine, first)),
      ...(await accepted({ ...machine, recent: recentKeys() }, second)),
    ];
    await machine.bus.publish([{ name: 'events.accepted', detail: { events: told } }]);
    expect(await foldWaiting(machine)).toMatchObject({ folded: 1, conflicts: 1 });
    return machine;
  }

  it('shows what was taken, and of what is sealed the names alone', async () => {
    const { item, accepted: wasTaken } = await opsOf(await twoTellings()).open('conflict');

    expect(wasTaken).toBe(true);
    expect(item).toMatchObject({ id: 'twice', sealed: expect.arrayContaining(['name']) });
  });

  it('stays a conflict when it is tried as it is', async () => {
    expect(await opsOf(await twoTellings()).retry('conflict')).toMatchObject({ cause: 'conflict' });
  });

  it('is taken under another id, once', async () => {
    const machine = await twoTellings();
    const { item } = await opsOf(machine).open('conflict');

    expect(await opsOf(machine).retry('conflict', { ...(item as object), id: 'other' })).toEqual({
      status: 'taken',
    });
    expect(await foldWaiting(machine)).toMatchObject({ folded: 1 });
    expect(await counts(machine)).toEqual({});
    expect((await readStatus(machine)).facts).toEqual({ 'member.enrolled': 2 });
  });

  it('takes nothing personal from whoever mends it: that would stand in the clear', async () => {
    const machine = await twoTellings();
    const { item } = await opsOf(machine).open('conflict');

    const outcome = await opsOf(machine).retry('conflict', {
      ...(item as object),
      id: 'other',
      data: { name: 'Ada Vermeer', language: 'nl' },
    });

    expect(outcome).toMatchObject({ status: 'refused', path: 'data.name' });
    await foldWaiting(machine);
    expect(machine.everyRow()).not.toContain('Vermeer');
  });

  it('keeps its own words under another id, and those of the first where they are', async () => {
    const machine = memoryMachine();
    const first = aSubmission('review.written', {
      id: 'twice',
      data: { sku: 'TEA', rating: 5, text: 'one' },
    });
    const second = { ...first, data: { ...first.data, text: 'two' } };
    const [a] = await accepted(machine, first);
    const [b] = await accepted({ ...machine, recent: recentKeys() }, second);
    await machine.bus.publish([{ name: 'events.accepted', detail: { events: [a, b] as AcceptedEvent[] } }]);
    await foldWaiting(machine);
    const { item } = await opsOf(machine).open('conflict');

    await opsOf(machine).retry('conflict', { ...(item as object), id: 'other' });
    await foldWaiting(machine);

    const { events } = await readTimeline(machine, [a?.profile as ProfileId], { limit: 9 }, sights.privacy);
    expect(Object.fromEntries(events.map(({ id, said }) => [id, said]))).toEqual({
      twice: { text: 'one' },
      other: { text: 'two' },
    });
  });

  it('is thrown away where the first telling is right, and nobody finds it again', async () => {
    const machine = await twoTellings();

    expect(await opsOf(machine).discard('conflict', 'the first is right')).toEqual({ status: 'discarded' });

    expect(await counts(machine)).toEqual({});
    expect(machine.everyRow()).not.toContain('the first is right');
    await expect(opsOf(machine).discard('conflict', 'again')).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('what the fold set aside', () => {
  /** Of 201 returns that name one sale the last one waits; the door remembers its name. */
  async function oneTooMany(): Promise<MemoryMachine> {
    const machine = memoryMachine();
    const back = () =>
      aSubmission('return.recorded', {
        id: undefined,
        data: {
          store: 'ams-02',
          terminal: 'till-9',
          lines: [{ sku: 'MUG', quantity: 1, unitPrice: 1 }],
          sale: { store: 'ams-01', terminal: 'till-1', receipt: '1' },
        },
      });
    await tell(machine, ...Array.from({ length: 201 }, back));
    return machine;
  }

  it('is not taken for a duplicate of itself by a door that published it', async () => {
    const machine = await oneTooMany();
    const { retry } = opsOf(machine, machine.recent);

    for (const _time of ['once', 'twice']) {
      expect(await retry('too-many-returns')).toEqual({ status: 'taken' });
      expect(await foldWaiting(machine)).toMatchObject({ folded: 0, conflicts: 1 });
      expect(await counts(machine)).toEqual({ 'too-many-returns': 1 });
    }
  });

  it('moves to the conflicts where its name was taken by another telling, as what the door had taken', async () => {
    const machine = await oneTooMany();
    const { item } = await opsOf(machine).open('too-many-returns');
    const { data } = item as { data: Record<string, unknown> };
    const { sale: _sale, ...other } = data;
    const elsewhere = { ...machine, recent: recentKeys() };
    await submit(
      elsewhere,
      aSubmission('return.recorded', { id: undefined, data: { ...other, sale: undefined } }),
    );
    await foldWaiting(machine);

    expect(await opsOf(machine).retry('too-many-returns')).toMatchObject({ cause: 'conflict' });

    expect(await counts(machine)).toEqual({ conflict: 1 });
    expect(await opsOf(machine).open('conflict')).toMatchObject({ accepted: true, item: { data } });
  });

  it('is history when it is tried months later: nobody is written to for it', async () => {
    const machine = await oneTooMany();
    machine.setClock(MONTHS_LATER);

    expect(await opsOf(machine).retry('too-many-returns')).toEqual({ status: 'taken' });

    expect(waiting(machine)).toMatchObject([{ quiet: 'backfill', released: { at: MONTHS_LATER } }]);
  });

  it('is taken as it was mended, also by the door that published it', async () => {
    const machine = await oneTooMany();
    const { open, retry } = opsOf(machine, machine.recent);
    const { item } = await open('too-many-returns');
    const { data, ...event } = item as { data: Record<string, unknown> };
    const mended = {
      ...event,
      data: { ...data, sale: { store: 'ams-01', terminal: 'till-1', receipt: '2' } },
    };

    expect(await retry('too-many-returns', mended)).toEqual({ status: 'taken' });
    expect(await foldWaiting(machine)).toMatchObject({ folded: 1 });
    expect(await counts(machine)).toEqual({});
  });
});

describe('the overview', () => {
  it('counts by cause, the most first, and says since when', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars(), { type: 'no.such' });
    machine.setClock('2026-03-16T12:00:00.000Z');
    await submit(machine, inDollars());

    expect(await opsOf(machine).overview()).toMatchObject([
      {
        cause: 'foreign-currency',
        count: 2,
        since: NOW,
        last: '2026-03-16T12:00:00.000Z',
        samples: [{ type: 'sale.recorded' }, { path: 'data.currency' }],
      },
      { cause: 'unknown-type', count: 1, samples: [{ source: 'till' }] },
    ]);
  });

  it('shows nothing of what was sent, not even in the words of the refusal', async () => {
    const machine = memoryMachine();
    await submit(machine, { type: 'ada@example.com' });

    expect(JSON.stringify(await opsOf(machine).overview())).not.toContain('ada@');
    expect(machine.everyRow()).not.toContain('ada@');
    expect(await opsOf(machine).open('unknown-type')).toMatchObject({
      detail: expect.stringContaining('ada@example.com'),
    });
  });

  it('notes by whose key an item was opened', async () => {
    const machine = memoryMachine();
    await submit(machine, { type: 'no.such' });
    const { open, notes } = opsOf(machine);

    const { id } = await open('unknown-type');

    expect(notes).toEqual([['quarantine opened', { cause: 'unknown-type', id, by: 'key-1' }]]);
  });
});

describe('the list of a cause', () => {
  it('goes on page by page, and names the types that it knows alone', async () => {
    const machine = memoryMachine();
    await submit(machine, { type: 'no.such' }, { type: 7 }, 'text', aSubmission('page.viewed', { id: ' ' }));
    const { list } = opsOf(machine);

    const first = await list('unknown-type', { limit: 2 });
    const second = await list('unknown-type', { limit: 2, cursor: String(first.cursor) });

    const items = [...first.items, ...second.items];
    expect(items).toHaveLength(3);
    expect(items.some((item) => 'type' in item)).toBe(false);
    expect(second.cursor).toBeUndefined();
    expect((await list('invalid-field', { limit: 2 })).items).toMatchObject([{ type: 'page.viewed' }]);
  });

  it('notes by what name somebody opened an item who has no key of their own', async () => {
    const machine = memoryMachine();
    await submit(machine, { type: 'no.such' });
    const { open, notes } = opsOf(machine, recentKeys(), { kind: 'person', name: 'grace', roles: ['ops'] });

    await open('unknown-type');

    expect(notes).toMatchObject([['quarantine opened', { by: 'grace' }]]);
  });
});

describe('an item that two people throw away at once', () => {
  it('is thrown away by one of them, and the other is told that it is gone', async () => {
    const machine = memoryMachine();
    await submit(machine, inDollars());
    const at = opsOf(machine);

    const both = await Promise.allSettled([
      at.discard('foreign-currency', 'mine'),
      at.discard('foreign-currency', 'mine, too'),
    ]);

    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(both.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'not-found' } });
    expect(await counts(machine)).toEqual({});
    expect(at.notes).toHaveLength(1);
  });
});

describe('whatever is refused, retried and thrown away, in any order and at once', () => {
  const steps = fc.array(
    fc.oneof(
      fc.record({ what: fc.constant('send' as const), n: fc.nat(6) }),
      fc.record({ what: fc.constantFrom('retry' as const, 'mend' as const, 'discard' as const) }),
    ),
    { minLength: 1, maxLength: 12 },
  );

  it('leaves counts that say how many are kept', async () => {
    const items = Array.from({ length: 7 }, (_, n) => (n < 4 ? inDollars(100 + n) : { type: `no.${n}` }));
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const machine = memoryMachine();
        const at = opsOf(forDollars(machine));
        await Promise.all(
          all.map((step) =>
            step.what === 'send'
              ? submit(machine, items[step.n])
              : step.what === 'discard'
                ? at.discard('foreign-currency', 'x').catch(() => undefined)
                : step.what === 'mend'
                  ? at.retry('unknown-type', aSoldReceipt(5)).catch(() => undefined)
                  : at.retryAll('foreign-currency'),
          ),
        );
        const kept: Record<string, number> = {};
        for (const cause of ['foreign-currency', 'unknown-type']) {
          const { length } = (await readKept(machine, cause, { limit: 100 })).kept;
          if (length > 0) kept[cause] = length;
        }
        expect(await counts(machine)).toEqual(kept);
      }),
      { numRuns: 40 },
    );
  });
});
