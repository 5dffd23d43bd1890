import { describe, expect, it, vi } from 'vitest';
import { importReceipts } from '../../../../../shared/application/import/import-receipts.ts';
import type { Answer } from '../../../../../shared/application/import/import-report.ts';
import type { RawEvent } from '../../../../../shared/domain/import/raw-event.ts';
import { aMapping, aRow, aSource } from '../../../../builders/receipt-csv.ts';

/** Takes each event once, by its text. */
function aDesk() {
  const taken = new Set<string>();
  const batches: RawEvent[][] = [];
  const take = async (events: readonly RawEvent[]): Promise<Answer[]> => {
    batches.push([...events]);
    return events.map((event) => {
      const text = JSON.stringify(event);
      const status = taken.has(text) ? 'duplicate' : 'accepted';
      taken.add(text);
      return { status };
    });
  };
  return { take, taken, batches };
}

const mapping = aMapping();
const mixed = [
  aRow({ Receipt: '1', Card: 'M1' }),
  aRow({ Receipt: '1', Card: 'M1', Article: 'MUG' }),
  aRow({ Receipt: '2' }),
  aRow({ Receipt: 'R3', Pieces: '-1' }),
  aRow({ Receipt: 'R4', Pieces: '-1', Card: 'M1' }),
  aRow({ Receipt: '5', Pieces: '-2', Price: '0' }),
  aRow({ Receipt: 'B6', Price: '-9.99' }),
  aRow({ Receipt: '7', Price: 'free' }),
];
const many = (count: number) => Array.from({ length: count }, (_, index) => aRow({ Receipt: `${index}` }));

describe('an import', () => {
  it('reports what the file holds and what became of it', async () => {
    const { take, taken } = aDesk();

    const report = await importReceipts({ take }, aSource(...mixed), { mapping });

    expect(report).toEqual({
      lines: 8,
      receipts: 6,
      sales: 2,
      returns: 2,
      adjustments: 2,
      strangers: 2,
      accepted: 6,
      duplicates: 0,
      parts: 6,
      refused: [{ line: 9, code: 'not-a-number', message: expect.stringContaining("'free'") }],
      refusedByCode: { 'not-a-number': 1 },
    });
    expect(taken.size).toBe(6);
  });

  it('done again finds every receipt known', async () => {
    const { take, taken } = aDesk();
    await importReceipts({ take }, aSource(...mixed), { mapping });

    const again = await importReceipts({ take }, aSource(...mixed), { mapping });

    expect(again).toMatchObject({ accepted: 0, duplicates: 6, receipts: 6 });
    expect(taken.size).toBe(6);
  });

  it('counts a receipt in parts once, and as new while a part is', async () => {
    const long = Array.from({ length: 1_500 }, (_, line) => aRow({ Article: `ARTICLE-${line}` }));
    const { take } = aDesk();
    const broken = async (events: readonly RawEvent[]): Promise<Answer[]> => {
      const answers = await take(events);
      return answers.map((answer, index) => (index === 0 ? { status: 'duplicate' } : answer));
    };

    const report = await importReceipts({ take: broken }, aSource(...long), { mapping });

    expect(report.parts).toBeGreaterThan(2);
    expect(report).toMatchObject({ receipts: 1, sales: 1, accepted: 1, duplicates: 0 });
  });

  it('sends batches that a request can hold', async () => {
    const heavy = Array.from({ length: 12_000 }, (_, line) =>
      aRow({ Receipt: `${line % 20}`, Article: `ARTICLE-${line}` }),
    );
    const few = aDesk();
    const large = aDesk();

    await importReceipts({ take: few.take }, aSource(...many(1_234)), { mapping });
    await importReceipts({ take: large.take }, aSource(...heavy), { mapping });

    expect(few.batches.map((batch) => batch.length)).toEqual([500, 500, 234]);
    expect(large.batches.length).toBeGreaterThan(1);
    for (const batch of large.batches) expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThan(400_100);
  });

  it('says how far it is after every batch and at the end', async () => {
    const progress = vi.fn<(sofar: { lines: number; receipts: number }) => void>();
    const receipts: number[] = [];
    progress.mockImplementation((sofar) => receipts.push(sofar.receipts));

    await importReceipts(aDesk(), aSource(...many(700)), { mapping, onProgress: progress });

    expect(receipts).toEqual([501, 700]);
  });

  it('breaks off where nothing can be taken, to be done again later', async () => {
    const take = () => Promise.reject(new Error('disk full'));

    await expect(importReceipts({ take }, aSource(aRow()), { mapping })).rejects.toThrow('disk full');
  });
});

describe('a receipt that ingest rejects', () => {
  it('is reported with its line, its code and the reason', async () => {
    const take = async (events: readonly RawEvent[]): Promise<Answer[]> =>
      events.map(({ data }) =>
        data['receipt'] === '2'
          ? {
              status: 'rejected',
              code: 'conflict',
              path: 'data.receipt',
              detail: 'told before with other content',
            }
          : { status: 'accepted' },
      );

    const report = await importReceipts({ take }, aSource(...mixed.slice(0, 3)), { mapping });

    expect(report).toMatchObject({
      receipts: 2,
      accepted: 1,
      refused: [{ line: 4, code: 'conflict', message: 'told before with other content' }],
    });
  });

  it('counts as refused also where only one of its parts is', async () => {
    const long = Array.from({ length: 1_500 }, (_, line) => aRow({ Article: `ARTICLE-${line}` }));
    const take = async (events: readonly RawEvent[]): Promise<Answer[]> =>
      events.map(
        (_, index): Answer =>
          index === 1 ? { status: 'rejected', path: 'data.lines' } : { status: 'accepted' },
      );

    const report = await importReceipts({ take }, aSource(...long), { mapping });

    expect(report).toMatchObject({
      accepted: 0,
      refusedByCode: { rejected: 1 },
      refused: [{ line: 2, message: 'data.lines' }],
    });
  });

  it('is not taken for accepted because an answer is missing', async () => {
    const report = await importReceipts({ take: async () => [] }, aSource(aRow()), { mapping });

    expect(report).toMatchObject({ accepted: 0, refusedByCode: { 'no-answer': 1 } });
  });

  it('is listed among the first hundred and counted beyond', async () => {
    const broken = many(150).map((row) => ({ ...row, Price: 'free' }));

    const report = await importReceipts(aDesk(), aSource(...broken), { mapping });

    expect(report.refused).toHaveLength(100);
    expect(report.refusedByCode).toEqual({ 'not-a-number': 150 });
  });
});
