import type { Refusal } from '../../contracts/handler.ts';
import { SIGNING_SCHEME, SIGNING_WINDOW_SECONDS } from '../../contracts/signing.ts';
import { bytesOf, type RawBody } from './raw-body.ts';

/** What a signed request says of itself: `<scheme> key=<id>, time=<unix seconds>, signature=<hex>`. */
export interface Signed {
  readonly key: string;
  /** As it was written, since these characters were signed. */
  readonly time: string;
  readonly signature: string;
}

const FIELDS = {
  key: { form: /^[\w-]{1,64}$/, is: 'the id of the key' },
  time: { form: /^\d{1,11}$/, is: 'the time in whole seconds since 1970' },
  signature: { form: /^[0-9a-f]{64}$/i, is: 'HMAC-SHA256 in hex, 64 digits' },
} as const;
type Field = keyof typeof FIELDS;

/** Reads what stands after the scheme's name: the three fields, once each, in any order. */
export function readSigned(text: string): Signed | Refusal {
  const found: Partial<Record<Field, string>> = {};
  for (const part of text.split(',')) {
    const [, name = '', value = ''] = /^\s*(\w+)\s*=\s*"?([^"]*?)"?\s*$/.exec(part) ?? [];
    if (!isField(name)) return malformed('It takes key, time and signature, with commas between them');
    if (found[name] !== undefined) return malformed(`${name} stands there twice`);
    if (!FIELDS[name].form.test(value)) return malformed(`${name} takes ${FIELDS[name].is}`);
    found[name] = value;
  }
  const { key, time, signature } = found;
  if (key === undefined) return malformed('key is missing');
  if (time === undefined) return malformed('time is missing');
  if (signature === undefined) return malformed('signature is missing');
  return { key, time, signature: signature.toLowerCase() };
}

const isField = (name: string): name is Field => Object.hasOwn(FIELDS, name);

const malformed = (what: string): Refusal => ({
  code: 'malformed-signature',
  detail: `${what}. Write: ${SIGNING_SCHEME} key=<id>, time=<unix seconds>, signature=<hex>`,
});

/** The bytes that a signature covers: time and key as they were sent, then the body as it was sent. */
export function signedMessage({ time, key }: Pick<Signed, 'time' | 'key'>, body: RawBody): Uint8Array {
  const [head, bytes] = [bytesOf(`${time}.${key}.`), bytesOf(body)];
  const message = new Uint8Array(head.length + bytes.length);
  message.set(head);
  message.set(bytes, head.length);
  return message;
}

/** Tells the server's time, so that a till whose clock is wrong can be found from its own log. */
export function staleness({ time }: Pick<Signed, 'time'>, now: string): Refusal | undefined {
  const serverTime = Math.floor(Date.parse(now) / 1_000);
  const off = Number(time) - serverTime;
  if (Math.abs(off) <= SIGNING_WINDOW_SECONDS) return undefined;
  return {
    code: 'signature-expired',
    detail: `The signature's time is ${Math.abs(off)} seconds ${off < 0 ? 'behind' : 'ahead of'} ours; at most ${SIGNING_WINDOW_SECONDS} are allowed. Set the clock, and sign again for each attempt.`,
    more: { serverTime },
  };
}
