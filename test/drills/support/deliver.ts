import type { Consumer } from '../../../shared/contracts/topology.ts';
import { invoke } from './functions.ts';
import type { DrillStage } from './stage.ts';

interface Response {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

/** As often as the work queues of the stage deliver a message. */
const MOST_RECEIVES = 5;

/** How often messages had to be delivered; `dead` gave up. */
export interface Delivered {
  readonly receives: number;
  readonly invocations: number;
  readonly dead: number;
}

/**
 * Delivers each body to an invocation of its own, all at the same time, as SQS and Lambda do under load; what
 * comes back as failed is delivered again.
 */
export async function deliverTogether(
  stage: DrillStage,
  consumer: Consumer,
  bodies: readonly string[],
): Promise<Delivered> {
  let waiting = bodies.map((body, index) => ({ messageId: `m-${index}`, body }));
  let invocations = 0;
  let receives = 0;
  for (; receives < MOST_RECEIVES && waiting.length > 0; receives += 1) {
    invocations += waiting.length;
    const outcomes = await Promise.all(
      waiting.map(async (record) => {
        const answer = await invoke<Response>(stage, consumer, { Records: [record] });
        return answer === undefined || answer.batchItemFailures.length > 0 ? [record] : [];
      }),
    );
    waiting = outcomes.flat();
  }
  return { receives, invocations, dead: waiting.length };
}
