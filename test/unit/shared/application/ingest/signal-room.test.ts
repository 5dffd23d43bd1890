import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptEvents } from '../../../../../shared/application/ingest/accept-events.ts';
import { segmentApi } from '../../../../../shared/application/ingest/segment-api.ts';
import { signalRoom } from '../../../../../shared/application/ingest/signal-room.ts';
import { eventTypes } from '../../../../../shared/domain/events/catalogue.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { anEvent, profile } from '../../../../builders/an-event.ts';
import { memoryMachine, waiting } from '../../../../support/memory-machine.ts';

const NOON = '2026-03-15T12:00:00.000Z';
const after = (minutes: number): string => new Date(Date.parse(NOON) + minutes * 60_000).toISOString();
const view = (n: number, ids: Record<string, string> = { device: 'd-1' }) =>
  aSubmission('page.viewed', { id: `view-${n}`, ids });
const range = (length: number) => Array.from({ length }, (_, n) => n);

describe('a flood of signals', () => {
  it('is cut at the door: neither published nor kept, and its sender has nothing to do', async () => {
    const machine = memoryMachine({ signalsPerHour: 10 });
    const accept = acceptEvents(machine);

    const results = await accept(
      range(25).map((n) => view(n)),
      'shop',
    );

    expect(results.map(({ status }) => status)).toEqual([
      ...range(10).map(() => 'accepted'),
      ...range(15).map(() => 'dropped'),
    ]);
    expect(waiting(machine)).toHaveLength(10);
    expect(machine.everyRow()).not.toContain('quarantine');
  });

  it('leaves room for others, for what is told twice, and comes to an end', async () => {
    const machine = memoryMachine({ signalsPerHour: 10 });
    const accept = acceptEvents(machine);
    const send = async (...items: readonly object[]) =>
      (await accept(items, 'shop')).map(({ status }) => status);
    await send(...range(10).map((n) => view(n)));

    expect(await send(view(3), view(99), view(50, { device: 'd-2' }))).toEqual([
      'duplicate',
      'dropped',
      'accepted',
    ]);
    machine.setClock(after(6));
    expect(await send(view(60), view(61))).toEqual(['accepted', 'dropped']);
  });

  it('is a success to libraries, which would send a failure again', async () => {
    const machine = memoryMachine({ signalsPerHour: 10 });
    const body = JSON.stringify({
      batch: range(20).map((n) => ({
        type: 'page',
        messageId: `m-${n}`,
        anonymousId: 'd-1',
        name: 'Home',
        properties: { path: '/' },
      })),
    });

    const answer = await segmentApi(machine).segmentBatch({
      body,
      caller: { kind: 'source', name: 'shop' },
    } as never);

    expect(answer.body).toEqual({ success: true });
    expect(waiting(machine)).toHaveLength(10);
  });
});

describe('room for an event', () => {
  const facts = eventTypes.filter(
    (type) =>
      ![
        'page.viewed',
        'product.viewed',
        'product.added',
        'cart.viewed',
        'checkout.started',
        'products.searched',
        'action.taken',
        'coupon.shown',
        'message.feedback',
      ].includes(type),
  );

  it('is always there for facts, and of signals for no more than the hours that went by allow', () => {
    const moves = fc.array(
      fc.tuple(
        fc.constantFrom('page.viewed' as const, 'product.viewed' as const, ...facts),
        fc.integer({ min: 0, max: 20 }),
      ),
      { minLength: 20, maxLength: 200 },
    );
    fc.assert(
      fc.property(moves, (told) => {
        const hasRoom = signalRoom(10);
        let minutes = 0;
        let taken = 0;
        for (const [type, wait] of told) {
          minutes += wait;
          const room = hasRoom(anEvent(type), after(minutes));
          if (facts.some((fact) => fact === type)) expect(room).toBe(true);
          else if (room) taken += 1;
        }
        expect(taken).toBeLessThanOrEqual(10 + minutes / 6);
      }),
      { numRuns: 50 },
    );
  });

  it('is there for who says no name', () => {
    const hasRoom = signalRoom(1);
    const { profile: _nobody, ...stranger } = anEvent('page.viewed');

    expect(range(3).map(() => hasRoom(stranger, NOON))).toEqual([true, true, true]);
  });

  it('forgets those who were away longest, and never who floods', () => {
    const hasRoom = signalRoom(1, 3);
    const from = (name: string) => hasRoom(anEvent('page.viewed', { profile: profile(name) }), NOON);

    const flood = ['flood', 'ann', 'flood', 'bea', 'flood', 'cat', 'flood', 'dot', 'flood'].map(from);

    expect(flood).toEqual([true, true, false, true, false, true, false, true, false]);
    expect(from('ann')).toBe(true);
  });
});
