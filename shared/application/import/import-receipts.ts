import type { Mapping } from '../../domain/import/mapping.ts';
import type { RawEvent } from '../../domain/import/raw-event.ts';
import type { ReceiptSource } from '../../domain/import/source.ts';
import { utf8Length } from '../../domain/kernel/utf8.ts';
import { type Answer, type ImportReport, reporting } from './import-report.ts';
import { type FoundReceipt, type Refusal, receiptsFrom } from './receipts-from.ts';

/** Well under what one request may hold: 1,000 items and 500 KB. */
const BATCH_EVENTS = 500;
const BATCH_BYTES = 400_000;

interface Needs {
  /** Takes events as the endpoint does, or only foretells what it would say; answers each in its place. */
  readonly take: (events: readonly RawEvent[]) => Promise<readonly Answer[]>;
}

export interface ImportOptions {
  readonly mapping: Mapping;
  /** Called for every refusal; the report lists the first hundred. */
  readonly note?: (refusal: Refusal) => void;
  /** Called after every batch. */
  readonly onProgress?: (sofar: { readonly lines: number; readonly receipts: number }) => void;
}

/**
 * Reads a file of receipt lines to its end and hands its events to `take`. Doing it again changes nothing:
 * the receipts come out the same, and what was taken before is answered as duplicate.
 */
export async function importReceipts(
  { take }: Needs,
  source: ReceiptSource,
  { mapping, note, onProgress = () => {} }: ImportOptions,
): Promise<ImportReport> {
  const { report, found, answered } = reporting(note);
  const belt = batches(take, answered);
  for await (const item of receiptsFrom(source, mapping)) {
    found(item);
    if (item.kind === 'refused') continue;
    for (const event of item.events) {
      if (await belt.add(event, item)) onProgress(report);
    }
  }
  await belt.flush();
  onProgress(report);
  return report;
}

/** Fills batches, and brings the answers together again by receipt, whose parts may lie in several batches. */
function batches(send: Needs['take'], answered: (receipt: FoundReceipt, answers: readonly Answer[]) => void) {
  let waiting: { readonly event: RawEvent; readonly receipt: FoundReceipt }[] = [];
  let bytes = 0;
  const answers = new Map<FoundReceipt, Answer[]>();

  const flush = async (): Promise<void> => {
    const sent = waiting;
    waiting = [];
    bytes = 0;
    if (sent.length === 0) return;
    const said = await send(sent.map(({ event }) => event));
    for (const [index, { receipt }] of sent.entries()) {
      const own = answers.get(receipt) ?? [];
      own.push(
        said[index] ?? {
          status: 'rejected',
          code: 'no-answer',
          detail: 'ingest did not answer for this event',
        },
      );
      answers.set(receipt, own);
      if (own.length < receipt.events.length) continue;
      answers.delete(receipt);
      answered(receipt, own);
    }
  };

  return {
    flush,
    /** True where this sent a batch. */
    async add(event: RawEvent, receipt: FoundReceipt): Promise<boolean> {
      const size = utf8Length(JSON.stringify(event)) + 1;
      const full = waiting.length >= BATCH_EVENTS || bytes + size > BATCH_BYTES;
      if (full) await flush();
      waiting.push({ event, receipt });
      bytes += size;
      return full;
    },
  };
}
