import { MOST_ID } from '../events/event.ts';
import { InvalidInput } from '../kernel/errors.ts';
import { inTheirWords } from '../kernel/in-their-words.ts';

/**
 * A CloudEvent (1.0, its JSON format) as an event of ours; anything else stays as it is. `type` and `data` are those
 * of our catalogue, `time` is when it happened, and who it happened to stands in `data.ids` (and `data.relatedIds`), since attributes
 * of CloudEvents are for routing and logs, where nobody's address belongs.
 * Throws InvalidInput with the path in the CloudEvent.
 */
export function nativeOf(item: unknown): unknown {
  if (!isCloudEvent(item)) return item;
  const { specversion, id, source, type, time, data, datacontenttype } = item;
  if (specversion !== '1.0')
    throw wrong('specversion', `takes 1.0, not '${String(specversion).slice(0, 16)}'`);
  if (!isText(id)) throw wrong('id', 'is missing; it takes a string');
  if (!isText(source)) throw wrong('source', 'is missing; it takes a URI');
  if (!isText(time))
    throw wrong('time', 'is missing; it takes when it happened, for example 2026-03-14T10:15:00Z');
  // In JSON null stands for an attribute that is left out.
  if ((datacontenttype ?? undefined) !== undefined && !isJson(datacontenttype))
    throw wrong('datacontenttype', 'takes application/json, or is left out');
  if (!isObject(data))
    throw wrong('data', 'takes the data of the event as a JSON object, not as text and not as data_base64');
  for (const name of ['ids', 'relatedIds'])
    if ((item[name] ?? undefined) !== undefined)
      throw wrong(name, 'stands within data: attributes are for routing and logs');
  const { ids, relatedIds, ...rest } = data;
  return {
    id: nameOf(source, id),
    type,
    occurredAt: time,
    ...(ids === undefined ? {} : { ids }),
    ...(relatedIds === undefined ? {} : { relatedIds }),
    data: rest,
  };
}

/** Reads an item; what is wrong with the event that a CloudEvent became is told by its own names. */
export function inWordsOf<T>(item: unknown, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof InvalidInput && isCloudEvent(item)) throw inTheirWords(error, attributeOf);
    throw error;
  }
}

const attributeOf = (path: string): string =>
  path === 'occurredAt' ? 'time' : path.replace(/^(?=(?:ids|relatedIds)\b)/, 'data.');

/** Unique is the pair of them. */
function nameOf(source: string, id: string): string {
  const name = `${source}#${id}`;
  if (name.length <= MOST_ID) return name;
  throw wrong(
    'id',
    `takes at most ${MOST_ID - 1} characters together with source, which names the event with it`,
  );
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isCloudEvent = (item: unknown): item is Json => isObject(item) && Object.hasOwn(item, 'specversion');

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const isJson = (contentType: unknown): boolean =>
  typeof contentType === 'string' && /^[\w.-]+\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(contentType);

const wrong = (path: string, what: string): InvalidInput =>
  new InvalidInput('invalid-field', path, `${path}: ${what}`);
