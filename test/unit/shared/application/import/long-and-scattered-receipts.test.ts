import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readEvent } from '../../../../../shared/domain/events/read-event.ts';
import { aMapping, aRow, type Row } from '../../../../builders/receipt-csv.ts';
import { eventsOf, found, refusals } from './found.ts';

describe('lines of one receipt that do not stand together', () => {
  const between = (count: number): readonly Row[] =>
    Array.from({ length: count }, (_, index) => aRow({ Receipt: `x${index}` }));

  it('are one receipt while few others come between', async () => {
    const all = await found([aRow(), ...between(2), aRow({ Article: 'MUG' })], aMapping(), {
      patience: 3,
      closed: 10,
    });

    expect(all.find((one) => one.line === 2)).toMatchObject({ kind: 'receipt', lines: 2 });
  });

  it('are refused once the receipt was complete', async () => {
    const all = await found([aRow(), ...between(3), aRow({ Article: 'MUG' })], aMapping(), {
      patience: 3,
      closed: 10,
    });

    expect(all[0]).toMatchObject({ kind: 'receipt', line: 2, lines: 1 });
    expect(all).toContainEqual(
      expect.objectContaining({ kind: 'refused', line: 6, code: 'receipt-scattered' }),
    );
  });

  it('are a receipt of their own once it is forgotten, which ingest will know for a conflict', async () => {
    const all = await found([aRow(), ...between(3), aRow({ Article: 'MUG' })], aMapping(), {
      patience: 1,
      closed: 1,
    });

    expect(
      all.filter((one) => one.kind === 'receipt' && one.events[0]?.data['receipt'] === '1'),
    ).toHaveLength(2);
  });

  it('give the same events in whatever order the receipts are mixed', async () => {
    const receipt = (number: number): readonly Row[] =>
      Array.from({ length: 1 + (number % 3) }, (_, line) =>
        aRow({ Receipt: `${number}`, Article: `A${line}`, Card: `M${number}` }),
      );
    const apart = (await Promise.all([0, 1, 2, 3, 4].map((number) => eventsOf(receipt(number))))).flat();

    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(4), { minLength: 30, maxLength: 40 }), async (picks) => {
        const decks = [0, 1, 2, 3, 4].map((number) => [...receipt(number)]);
        const mixed = [...picks, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 3, 4, 4, 4].flatMap(
          (pick) => decks[pick]?.splice(0, 1) ?? [],
        );
        const texts = (await eventsOf(mixed)).map((event) => JSON.stringify(event));
        expect(texts.sort()).toEqual(apart.map((event) => JSON.stringify(event)).sort());
      }),
    );
  });
});

describe('a receipt longer than an event may be', () => {
  const long = (lines: number): readonly Row[] =>
    Array.from({ length: lines }, (_, line) => aRow({ Article: `ARTICLE-${line}-é🧸`, Card: 'M1' }));
  const bytes = (event: unknown): number => Buffer.byteLength(JSON.stringify(event));

  it('travels in parts under 24 KB that hold all its lines in their order', async () => {
    const events = await eventsOf(long(5_000));
    const skus = events.flatMap(({ data }) => (data['lines'] as { sku: string }[]).map(({ sku }) => sku));

    expect(events.map(({ data }) => data['part'])).toEqual([
      undefined,
      ...Array.from({ length: events.length - 1 }, (_, part) => part + 2),
    ]);
    expect(skus).toEqual(long(5_000).map((row) => row['Article']));
    expect(Math.max(...events.map(bytes))).toBeLessThanOrEqual(24_000);
    expect(Math.min(...events.slice(0, -1).map(bytes))).toBeGreaterThan(23_800);
    for (const event of events) expect(() => readEvent(event)).not.toThrow();
  });

  it('is cut the same way every time', async () => {
    expect(JSON.stringify(await eventsOf(long(2_000)))).toBe(JSON.stringify(await eventsOf(long(2_000))));
  });

  it('without an end is refused, not kept in memory', async () => {
    const article = '🧸'.repeat(32);
    const rows: readonly Row[] = Array.from({ length: 65_000 }, () => aRow({ Article: article }));

    const codes = (await refusals(rows)).map(([, code]) => code);

    expect(codes[0]).toBe('receipt-too-long');
    expect(codes.at(-1)).toBe('receipt-incomplete');
  });
});
