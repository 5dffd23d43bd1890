import * as z from 'zod';
import type { Day } from '../kernel/day.ts';
import type { ProfileId } from '../kernel/ids.ts';
import type { Happening } from './catalogue.ts';
import type { Quiet, Release } from './quiet.ts';
import { isPrintable, NOT_PRINTABLE } from './receipt.ts';

/** Who it happened to, as the sender knows them. None of them, or null: a stranger. */
export const Ids = z.looseObject({
  member: z.string().nullish(),
  /** The number on a card, where it is not the member number. */
  card: z.string().nullish(),
  phone: z.string().nullish(),
  email: z.string().nullish(),
  /** The openid or unionid of a WeChat account. */
  wechat: z.string().nullish(),
  device: z.string().nullish(),
});
export type Ids = z.infer<typeof Ids>;

const Instant = z.iso.datetime({
  offset: true,
  error: 'takes a date and time with its offset, for example 2026-03-14T10:15:00+01:00',
});

/** Characters of an event's id. */
export const MOST_ID = 128;

/** The frame of every event that is sent to us; `data` is checked by its type. */
export const Envelope = z.looseObject({
  /** Unique for ever. May be left out where the data names itself (store, terminal, receipt number). */
  id: z.string().trim().min(1).max(MOST_ID).refine(isPrintable, NOT_PRINTABLE).optional(),
  type: z.string(),
  /** Of the payload's shape; left out, today's. */
  version: z.int().min(1).optional(),
  /** When it happened, by the sender's clock. */
  occurredAt: Instant,
  /** When it was sent, by the same clock: tells how far that clock is off. */
  sentAt: Instant.optional(),
  ids: Ids.default({}),
  /** Somebody else whom it takes, of types that say so. */
  relatedIds: Ids.nullish(),
  data: z.record(z.string(), z.unknown()),
});

interface Frame {
  readonly id: string;
  readonly version: number;
  /** UTC, corrected for the sender's clock. */
  readonly occurredAt: string;
  /** The business day of `occurredAt` in the stage's zone. */
  readonly day: Day;
  readonly receivedAt: string;
  /** Which key sent it. */
  readonly source: string;
  /** The profile of the strongest identifier; a stranger has none. */
  readonly profile?: ProfileId;
  /** The profiles of the other identifiers that came with it. */
  readonly linked?: readonly ProfileId[];
  /** Somebody else whom it takes beside the customer; not linked with them. */
  readonly related?: ProfileId;
  /** Every name this event has; another event with one of them is the same event, or a conflict. */
  readonly keys: readonly [string, ...string[]];
  /** Digest of what was told, without the times of telling: equal for a second telling. */
  readonly digest: string;
  /** Fields for the vault, each sealed with the profile's own key. */
  readonly sealed?: Readonly<Record<string, string>>;
  /** Set: nothing that reaches a customer may follow from it. No part of the digest. */
  readonly quiet?: Quiet;
  /** Who let it go, if not the door. It travels with the event and is kept nowhere. */
  readonly released?: Release;
}

/** An event that was taken: identifiers hashed, personal data sealed. This is what travels and is kept. */
export type AcceptedEvent = Frame & Happening;

/** The accepted event of one type. */
export type EventOf<Type extends Happening['type']> = Extract<AcceptedEvent, { type: Type }>;
