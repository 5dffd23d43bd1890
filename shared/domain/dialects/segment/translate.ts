import type { RawEvent } from '../../import/raw-event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { unreachable } from '../../kernel/unreachable.ts';
import { firstText, objectIn, type Told } from '../told.ts';
import {
  actionTaken,
  cartViewed,
  checkoutStarted,
  productAdded,
  productsSearched,
  productViewed,
  viewed,
} from './browsing.ts';
import { type Frame, frameOf } from './frame.ts';
import { orderCompleted, orderRefunded } from './order.ts';
import { alias, group, identify, signedUp } from './person.ts';
import type { Surroundings } from './surroundings.ts';

export const messageTypes = ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const;
export type MessageType = (typeof messageTypes)[number];

type Translate = (message: Told, frame: Frame, surroundings: Surroundings) => RawEvent[];

/** The e-commerce spec's names, those of its first version too, in small letters. */
const tracked: ReadonlyMap<string, Translate> = new Map<string, Translate>([
  ['order completed', orderCompleted],
  ['completed order', orderCompleted],
  ['order refunded', orderRefunded],
  ['product viewed', productViewed],
  ['viewed product', productViewed],
  ['product added', productAdded],
  ['added product', productAdded],
  ['cart viewed', cartViewed],
  ['checkout started', checkoutStarted],
  ['products searched', productsSearched],
  ['signed up', signedUp],
]);

/**
 * A message as Segment's SDKs send it, as events of ours; none where its sender keeps it from us.
 * Throws InvalidInput with the path in the message.
 */
export function translate(told: unknown, surroundings: Surroundings): RawEvent[] {
  const message = objectIn(told);
  const type = typeIn(message);
  if (!isForUs(objectIn(message['integrations']))) return [];
  const frame = frameOf(message, surroundings);
  switch (type) {
    case 'identify':
      return identify(message, frame);
    case 'track':
      return track(message, frame, surroundings);
    case 'page':
    case 'screen':
      return viewed(message, frame);
    case 'group':
      return group(message, frame);
    case 'alias':
      return alias(message, frame);
    default:
      return unreachable(type);
  }
}

function typeIn(message: Told): MessageType {
  const said = message['type'];
  const type = messageTypes.find((known) => known === said);
  if (type !== undefined) return type;
  const found = typeof said === 'string' ? `'${said.slice(0, 64)}' is not known` : 'is missing';
  throw new InvalidInput('unknown-type', 'type', `type: ${found}; known are ${messageTypes.join(', ')}`);
}

/** `integrations` says where a message may go: `All` unless it is false, and by name. */
const isForUs = (integrations: Told): boolean =>
  (integrations['Clientele'] ?? integrations['All'] ?? true) !== false;

function track(message: Told, frame: Frame, surroundings: Surroundings): RawEvent[] {
  const name = firstText(message, 'event');
  if (name === undefined)
    throw new InvalidInput('invalid-field', 'event', 'event: is missing; it takes the name of what happened');
  const known = tracked.get(name.toLowerCase().replaceAll(/[\s_]+/g, ' '));
  return known === undefined ? actionTaken(name, frame) : known(message, frame, surroundings);
}
