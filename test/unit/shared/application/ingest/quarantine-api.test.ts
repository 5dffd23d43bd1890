import { describe, expect, it } from 'vitest';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { memoryMachine, NOW, submit } from '../../../../support/memory-machine.ts';
import { counts, inDollars, opsOf } from '../../../../support/quarantine-of.ts';

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
