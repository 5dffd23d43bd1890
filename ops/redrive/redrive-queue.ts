import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Redriven, RedriveOptions } from '../site.ts';
import { countReasons } from './count-reasons.ts';
import { type Letter, reasonOf, withLetters } from './letters.ts';

interface Route {
  readonly sqs: SQSClient;
  readonly from: string;
  /** The part's own work queue. Letters that EventBridge could not deliver have no other they could go back to. */
  readonly to: string;
  /** Where the part says why it failed. */
  readonly logs: string;
}

/**
 * Sends letters back to the queue that they were meant for. At least once: a letter is deleted when its copy is
 * known to be on the queue, and consumers are idempotent.
 */
export async function redriveQueue(
  { sqs, from, to, logs }: Route,
  { dryRun }: RedriveOptions,
): Promise<Redriven> {
  const send = ({ body }: Letter) => sqs.send(new SendMessageCommand({ QueueUrl: to, MessageBody: body }));
  return withLetters(sqs, from, async (box) => {
    const reasons: (string | undefined)[] = [];
    let [sent, failed] = [0, 0];
    for await (const letters of box.letters()) {
      reasons.push(...letters.map(reasonOf));
      const outcomes = dryRun ? [] : await Promise.allSettled(letters.map(send));
      const gone = letters.filter((_, index) => outcomes[index]?.status === 'fulfilled');
      await box.remove(gone);
      sent += dryRun ? letters.length : gone.length;
      failed += outcomes.length - gone.length;
    }
    const unknown = reasons.includes(undefined);
    return {
      letters: reasons.length,
      sent,
      failed,
      reasons: countReasons(reasons),
      notes: unknown ? [`Why the consumer gave up stands in the log group ${logs}.`] : [],
    };
  });
}
