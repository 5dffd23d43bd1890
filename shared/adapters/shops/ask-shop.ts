import { request as byHttp, type IncomingMessage } from 'node:http';
import { request as byHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { objectIn, type Told } from '../../domain/dialects/told.ts';
import { exactJson } from '../../domain/kernel/exact-json.ts';
import { ShopFailed } from '../../ports/shop.ts';
import { type AddressRules, lookupFor, refuseAddress } from './address.ts';

const PATIENCE_MS = 15_000;
const MOST_BYTES = 20_000_000;
/** What a shop asks to wait is waited here up to this, and else until the next poll. */
const LONGEST_WAIT_SECONDS = 10;
const ATTEMPTS = 3;

export interface Question {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Asked by POST, as JSON. */
  readonly body?: unknown;
}

export interface ShopAnswer {
  readonly json: unknown;
  /** Where the shop says that more follows. */
  readonly link: string | undefined;
}

export type AskShop = (question: Question) => Promise<ShopAnswer>;

/** Asks a shop, waits where it says so, and reads no more than a shop has to say. Throws ShopFailed. */
export const askShop =
  (rules: AddressRules, lookup = lookupFor(rules)): AskShop =>
  async (question) => {
    refuseAddress(question.url, rules);
    for (let attempt = 1; ; attempt += 1) {
      const response = await send(question, lookup);
      if (response.statusCode !== 429) return answerIn(response);
      response.destroy();
      const seconds = Number(response.headers['retry-after'] ?? 2);
      // A time of the day is as good as a long wait.
      if (attempt === ATTEMPTS || !(seconds <= LONGEST_WAIT_SECONDS))
        throw new ShopFailed('shop-busy', 'The shop wants to be asked later');
      await wait(Math.max(seconds, 0) * 1_000);
    }
  };

/** Not by fetch, which looks names up by itself. Nor is a redirect followed: credentials go to the shop and to nobody whom it names. */
const send = ({ url, headers, body }: Question, lookup: LookupFunction): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const request = url.protocol === 'http:' ? byHttp : byHttps;
    const asked = request(url, {
      method: body === undefined ? 'GET' : 'POST',
      headers: {
        accept: 'application/json',
        'user-agent': 'clientele',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      lookup,
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    asked.on('response', resolve);
    asked.on('error', (error) => reject(asFailure(error, 'The shop did not answer')));
    asked.end(body === undefined ? undefined : JSON.stringify(body));
  });

const asFailure = (cause: unknown, what: string): ShopFailed =>
  cause instanceof ShopFailed ? cause : new ShopFailed('shop-unreachable', what, { cause });

async function answerIn(response: IncomingMessage): Promise<ShopAnswer> {
  const { statusCode = 0, headers } = response;
  if (statusCode < 200 || statusCode > 299) {
    response.destroy();
    throw refusal(statusCode);
  }
  const text = await textIn(response);
  try {
    return { json: exactJson(text), link: headers['link']?.toString() };
  } catch {
    throw new ShopFailed('shop-answer', 'The shop answered with something that is no JSON');
  }
}

function refusal(status: number): ShopFailed {
  if (status === 401 || status === 403)
    return new ShopFailed('shop-refused', `The shop refused the credentials with ${status}`);
  if (status >= 300 && status < 400)
    return new ShopFailed(
      'shop-address',
      `The shop sent us elsewhere with ${status}; give its final address`,
    );
  return new ShopFailed('shop-answer', `The shop answered ${status}`);
}

async function textIn(response: IncomingMessage): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of response as AsyncIterable<Uint8Array>) {
      bytes += chunk.byteLength;
      if (bytes > MOST_BYTES)
        throw new ShopFailed('shop-answer', `The shop answered with over ${MOST_BYTES} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    throw asFailure(error, 'The shop broke off in its answer');
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** A list in an answer. Where there is none, the shop speaks otherwise than it says, and nothing must be skipped. */
export function listAt(told: unknown, name: string): readonly Told[] {
  const list = name === '' ? told : objectIn(told)[name];
  if (Array.isArray(list)) return list.map(objectIn);
  throw new ShopFailed('shop-answer', `The shop answered without a list${name === '' ? '' : ` of ${name}`}`);
}

/** The address with these parameters. */
export function addressOf(
  origin: string,
  path: string,
  query: Readonly<Record<string, string | undefined>>,
): URL {
  const url = new URL(path, origin);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}
