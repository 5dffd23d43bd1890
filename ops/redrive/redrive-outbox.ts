import type { SQSClient } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { everyItem } from '../../shared/application/customers/every-item.ts';
import type { Message } from '../../shared/contracts/messages.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { Table } from '../../shared/ports/table.ts';
import type { Redriven, RedriveOptions } from '../site.ts';
import { countReasons } from './count-reasons.ts';
import { type Letter, withLetters } from './letters.ts';

interface Outbox {
  readonly sqs: SQSClient;
  readonly letters: string;
  readonly table: Table;
  readonly bus: Bus;
}

/** What Lambda writes of records of a stream that it could not hand over: where they stood, not what they were. */
const GaveUp = z.object({ requestContext: z.object({ condition: z.string() }) });

const PUBLISHED_AT_ONCE = 100;

/**
 * Publishes every message that still stands in the outbox table, since letters do not say which they mean; who
 * got one before knows it again. Then the letters are removed.
 */
export async function redriveOutbox(
  { sqs, letters: queue, table, bus }: Outbox,
  { dryRun }: RedriveOptions,
): Promise<Redriven> {
  return withLetters(sqs, queue, async (box) => {
    const letters = (await Array.fromAsync(box.letters())).flat();
    const sent = letters.length === 0 ? 0 : await publishOutbox(table, dryRun ? undefined : bus);
    if (!dryRun) await box.remove(letters);
    return {
      letters: letters.length,
      sent,
      failed: 0,
      reasons: countReasons(letters.map(conditionOf)),
      notes: letters.length > 0 && sent === 0 ? [NOTHING_STANDS] : [],
    };
  });
}

const NOTHING_STANDS =
  'The outbox keeps messages for a week, and none stands there any more: run the campaigns of that time again; nobody is written to twice.';

/** Counts alone where there is no bus. */
async function publishOutbox(table: Table, bus: Bus | undefined): Promise<number> {
  let count = 0;
  let waiting: Message[] = [];
  const publish = async () => {
    if (bus !== undefined && waiting.length > 0) await bus.publish(waiting);
    count += waiting.length;
    waiting = [];
  };
  for await (const { value } of everyItem(table, 'outbox')) {
    // Written by our own use cases and typed there.
    waiting.push({ name: value['name'], detail: value['detail'] } as Message);
    if (waiting.length === PUBLISHED_AT_ONCE) await publish();
  }
  await publish();
  return count;
}

function conditionOf({ body }: Letter): string | undefined {
  try {
    return GaveUp.parse(JSON.parse(body)).requestContext.condition;
  } catch {
    return undefined;
  }
}
