import type { ContactChannel } from '../events/consent-changed.ts';
import { type Ids, MOST_ID } from '../events/event.ts';
import type { RawEvent } from '../import/raw-event.ts';
import type { ShopName } from './shop-receipts.ts';
import { stated, type Told } from './told.ts';
import type { ShopContext } from './webhook.ts';

interface Person {
  readonly shop: ShopName;
  readonly customer: string;
  readonly changedAt: string;
  readonly ids: Ids;
}

/** The end of it is what tells one from another. */
const eventId = (...pieces: readonly string[]): string => pieces.join('/').slice(-MOST_ID);

/** What the shop knows of somebody; nothing where there is nobody whom others would know too. */
export function personChanged(person: Person, data: Told, { store }: ShopContext): RawEvent[] {
  const { shop, customer, changedAt, ids } = person;
  if (Object.keys(ids).length === 0) return [];
  const id = eventId(shop, store, customer, changedAt);
  return [{ id, type: 'member.updated', occurredAt: changedAt, ids, data }];
}

interface Word {
  readonly shop: ShopName;
  readonly customer: string;
  readonly channel: ContactChannel;
  readonly status: 'granted' | 'withdrawn';
  /** When the customer said so. */
  readonly at: string;
  /** The one that it is about, and no other: the same word comes in messages that say more and less of the person. */
  readonly address: string | undefined;
}

export function consentSaid(word: Word, { store }: ShopContext): RawEvent[] {
  const { shop, customer, channel, status, at, address } = word;
  if (address === undefined) return [];
  const ids = channel === 'email' ? { email: address } : { phone: address };
  const id = eventId(shop, store, customer, channel, status, at);
  const evidence = { note: `told by ${shop}` };
  return [{ id, type: 'consent.changed', occurredAt: at, ids, data: { channel, status, evidence } }];
}

const LONGEST_NAME = 200;

/** A name in one field, where a shop has two; no longer than a member's may be. */
export const fullName = (first: string | undefined, last: string | undefined): string | undefined => {
  const name = [first, last].filter((part) => part !== undefined).join(' ');
  return name === '' ? undefined : name.slice(0, LONGEST_NAME);
};

type AddressPart = 'street' | 'more' | 'city' | 'region' | 'postcode' | 'country';

/** What a shop says of where somebody lives; undefined where it says nothing. */
export function postalAddress(parts: Readonly<Record<AddressPart, string | undefined>>): Told | undefined {
  const told = stated(parts);
  return Object.keys(told).length === 0 ? undefined : told;
}

export const idsOf = (email: string | undefined, phone: string | undefined): Ids => stated({ email, phone });
