import { describe, expect, it } from 'vitest';
import { readTimeline } from '../../../../../shared/application/customers/read-timeline.ts';
import { readStatus } from '../../../../../shared/application/customers/status.ts';
import { recentKeys } from '../../../../../shared/application/ingest/recent-keys.ts';
import { sights } from '../../../../../shared/domain/customers/mask.ts';
import type { AcceptedEvent } from '../../../../../shared/domain/events/event.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import { aSoldReceipt, aSubmission } from '../../../../builders/a-submission.ts';
import {
  accepted,
  foldWaiting,
  type MemoryMachine,
  memoryMachine,
  submit,
} from '../../../../support/memory-machine.ts';
import { counts, opsOf } from '../../../../support/quarantine-of.ts';

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

  it('in two ways by two people at once counts once, and the second waits as a conflict', async () => {
    const machine = memoryMachine();
    const right = aSoldReceipt(250);
    const other = { ...right, data: { ...right.data, receipt: 'another-number' } };
    await submit(machine, { ...right, occurredAt: 'yesterday' });

    const outcomes = await Promise.all(
      [right, other].map((mended) => opsOf(machine).retry('invalid-field', mended)),
    );

    expect(outcomes).toEqual([{ status: 'taken' }, { status: 'taken' }]);
    await foldWaiting(machine);
    expect((await readStatus(machine)).amounts['EUR']?.gross).toBe(250);
    expect(await counts(machine)).toEqual({ conflict: 1 });
  });

  it('and is sent wrong once more is not mended in a second way', async () => {
    const machine = memoryMachine();
    const right = aSoldReceipt(250);
    const wrong = { ...right, occurredAt: 'yesterday' };
    await submit(machine, wrong);
    await opsOf(machine).retry('invalid-field', right);
    await foldWaiting(machine);
    await submit(machine, wrong);

    const other = { ...right, data: { ...right.data, receipt: 'another-number' } };
    expect(await opsOf(machine).retry('invalid-field', other)).toMatchObject({
      status: 'refused',
      cause: 'conflict',
      detail: expect.stringContaining('mended in another way'),
    });
    expect(await opsOf(machine).retry('invalid-field', right)).toEqual({ status: 'duplicate' });
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
