import * as z from 'zod';
import type { Messages } from '../../shared/contracts/messages.ts';
import { type Consumer, consumers, type MessageOf } from '../../shared/contracts/topology.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';

/** What EventBridge puts on a queue. */
const Envelope = z.object({ 'detail-type': z.string(), detail: z.record(z.string(), z.unknown()) });

export type Detail<C extends Consumer> = Messages[MessageOf<C>];

/** Reads the message out of a queue's record. What is not for this consumer can never be consumed: InvalidInput. */
export function detailIn<C extends Consumer>(consumer: C, body: string): Detail<C> {
  const parsed = Envelope.safeParse(parseJson(body));
  if (!parsed.success) throw new InvalidInput('no-envelope', '', 'The record holds no EventBridge envelope');
  const { 'detail-type': name, detail } = parsed.data;
  if (!(consumers[consumer].on as readonly string[]).includes(name)) {
    throw new InvalidInput('foreign-message', 'detail-type', `${consumer} does not listen to ${name}`);
  }
  // Messages are made by our own use cases and typed there; the name was checked above.
  return detail as unknown as Detail<C>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput('malformed-json', '', 'The record is not JSON', { cause: error });
  }
}
