import { utf8Length } from '../../domain/kernel/utf8.ts';
import { type HttpAnswer, problemAnswer } from './problems.ts';

/** A body before anybody read it: signatures cover its bytes. */
export type RawBody = string | Uint8Array;

/** Above the largest batch, so that a batch that is only a little too large gets its own clear answer. */
export const MOST_BODY_BYTES = 1_000_000;

const BYTE_ORDER_MARK = /^\ufeff/;

export const isTooLarge = (body: RawBody): boolean =>
  (typeof body === 'string' ? utf8Length(body) : body.length) > MOST_BODY_BYTES;

export const tooLargeAnswer = (): HttpAnswer =>
  problemAnswer(413, 'batch-too-large', `At most ${MOST_BODY_BYTES} bytes; split the request.`);

export const bytesOf = (body: RawBody): Uint8Array =>
  typeof body === 'string' ? new TextEncoder().encode(body) : body;

/** Without the byte order mark that some systems put before text, and that JSON does not know. */
export const textOf = (body: RawBody): string =>
  typeof body === 'string' ? body.replace(BYTE_ORDER_MARK, '') : new TextDecoder().decode(body);

/** Every character as it was sent, a byte order mark too: what signatures cover. */
export const exactTextOf = (body: RawBody): string =>
  typeof body === 'string' ? body : new TextDecoder('utf-8', { ignoreBOM: true }).decode(body);
