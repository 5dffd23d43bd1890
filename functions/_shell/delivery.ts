import * as z from 'zod';
import type { Messages } from '../../shared/contracts/messages.ts';
import { type Consumer, type MessageOf, type Reactor, reactions } from '../../shared/contracts/topology.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';

/** What EventBridge puts on a queue. */
const Envelope = z.object({ 'detail-type': z.string(), detail: z.record(z.string(), z.unknown()) });

/** What services of AWS tell has a shape of theirs, for their reader to check. */
export type Detail<R extends Reactor> = R extends Consumer
  ? Messages[MessageOf<R>]
  : Readonly<Record<string, unknown>>;

/** Reads the message out of a queue's record. What is not for this reactor can never be consumed: InvalidInput. */
export function detailIn<R extends Reactor>(reactor: R, body: string): Detail<R> {
  const parsed = Envelope.safeParse(parseJson(body));
  if (!parsed.success) throw new InvalidInput('no-envelope', '', 'The record holds no EventBridge envelope');
  const { 'detail-type': name, detail } = parsed.data;
  if (!(reactions[reactor].on as readonly string[]).includes(name)) {
    throw new InvalidInput('foreign-message', 'detail-type', `${reactor} does not listen to ${name}`);
  }
  // Messages are made by our own use cases and typed there; the name was checked above.
  return detail as unknown as Detail<R>;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new InvalidInput('malformed-json', '', 'The record is not JSON', { cause: error });
  }
}
