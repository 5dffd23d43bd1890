import type { StageSettings } from '../../contracts/stage.ts';
import { tellable } from '../../domain/events/catalogue.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Source, WebhookSource } from '../../domain/sources/source.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Mapper } from '../../ports/mapper.ts';
import { parseJson } from '../http/dispatch.ts';
import { refuseManyItems } from '../ingest/batch-limits.ts';
import { MOST_LEVELS } from '../ingest/read-incoming.ts';
import { dialectFor, type Shops } from './dialects.ts';

/** A message of a source, apart from how it came and who says so. */
export interface HookMessage {
  /** What a shop calls this kind of message. */
  readonly topic?: string | undefined;
  /** Those that a mapping may read. */
  readonly headers: Readonly<Record<string, string>>;
  /** What its sender calls this delivery. */
  readonly delivery?: string | undefined;
  readonly body: unknown;
}

export interface TranslateDeps {
  readonly mapper: Mapper;
  readonly keyring: Keyring;
  readonly stage: StageSettings;
  readonly shops: Shops;
}

export type Translate = (
  source: Source,
  message: HookMessage,
  receivedAt: string,
) => Promise<readonly unknown[]>;

/** The headers that a source lets its mapping read, by their names. */
export const readable = (
  source: Source,
  headers: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
  source.kind === 'webhook'
    ? Object.fromEntries(Object.entries(headers).filter(([name]) => source.headers.includes(name)))
    : {};

/** Reads the text of a body. Throws InvalidInput `malformed-json` or `event-too-deep`. */
export function readBody(text: string): unknown {
  const body = parseJson(text.replace(/^\ufeff/, ''));
  if (!isDeeperThan(MOST_LEVELS, body)) return body;
  throw new InvalidInput(
    'event-too-deep',
    '',
    `The message has more than ${MOST_LEVELS} lists or objects within each other`,
  );
}

/**
 * A message as events, as they would be sent to POST /v1/events; none where it says nothing that is kept. By the
 * shop's dialect or the source's mapping as it is now. Throws InvalidInput with the path in the message.
 */
export const translator =
  (deps: TranslateDeps): Translate =>
  async (source, message, receivedAt) => {
    const events =
      source.kind === 'webhook'
        ? await mapped(deps, source, message, receivedAt)
        : spoken(deps, source, message, receivedAt);
    refuseManyItems(events);
    return events;
  };

/** The same for shops alone, which need no mapping. */
export const shopTranslator =
  (deps: Pick<TranslateDeps, 'shops' | 'stage'>): Translate =>
  async (source, message, receivedAt) =>
    spoken(deps, source, message, receivedAt);

function spoken(
  { shops, stage }: Pick<TranslateDeps, 'shops' | 'stage'>,
  source: Source,
  { topic, body }: HookMessage,
  receivedAt: string,
): readonly unknown[] {
  const dialect = dialectFor(shops, source);
  if (dialect === undefined)
    throw new InvalidInput('unknown-dialect', 'kind', `kind: messages of ${source.kind} are not understood`);
  if (topic === undefined)
    throw new InvalidInput(
      'invalid-field',
      'topic',
      'topic: is missing; it takes what the shop calls the message',
    );
  return dialect.translate(topic, body, { store: source.store, currency: stage.currency, receivedAt });
}

async function mapped(
  { mapper, keyring }: TranslateDeps,
  { id, mapping, store }: WebhookSource,
  { headers, delivery, body }: HookMessage,
  receivedAt: string,
): Promise<readonly unknown[]> {
  const made = await mapper.map(mapping, { headers, body, store, receivedAt });
  // Each of a list may be as deep as an event. Whoever writes the answer could not write thousands of levels.
  if (isDeeperThan(MOST_LEVELS + 1, made))
    throw new InvalidInput(
      'mapping-result',
      'mapping',
      `mapping: makes something with more than ${MOST_LEVELS} lists or objects within each other; make events alone`,
    );
  // A second telling has the same name, or else the same content.
  const name = keyring.secretDigest(JSON.stringify([id, delivery ?? canonicalJson(body)])).slice(0, 32);
  return listOf(made).map((event, index) => named(event, `hook-${name}-${index}`));
}

const listOf = (made: unknown): readonly unknown[] =>
  made === undefined || made === null ? [] : Array.isArray(made) ? made : [made];

/** Gives an event a name where it has none; those that are known by their receipt need no other. */
function named(event: unknown, id: string): unknown {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    throw new InvalidInput(
      'mapping-result',
      'mapping',
      'mapping: makes something that is no event; it takes an object with type, occurredAt, ids and data, a list of such, or nothing',
    );
  }
  const { id: own, type } = event as { readonly id?: unknown; readonly type?: unknown };
  if (own !== undefined && own !== null) return event;
  return isKnownByContent(type) ? event : { ...event, id };
}

const isKnownByContent = (type: unknown): boolean =>
  typeof type === 'string' &&
  Object.hasOwn(tellable, type) &&
  'naturalKey' in tellable[type as keyof typeof tellable];
