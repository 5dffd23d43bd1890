import * as z from 'zod';

/** Kinds of identifiers, strongest first: of those an event carries, the strongest decides where it is folded. */
export const identifierKinds = ['member', 'card', 'phone', 'email', 'wechat', 'device'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/**
 * What one identifier knows: its kind and a keyed hash of its value. The same phone number always gives
 * the same profile, so no look-up and no race decides where an event is folded.
 */
export const ProfileId = z
  .string()
  .regex(new RegExp(`^(${identifierKinds.join('|')})_[a-z2-7]{26}$`), 'takes an id as look-ups show it')
  .brand<'ProfileId'>();
export type ProfileId = z.infer<typeof ProfileId>;

const BEFORE_HASH = new RegExp(`^(?:${identifierKinds.join('|')})(?=_)`);

/** The kind of a profile; undefined of any other text. */
export const kindOf = (id: string): IdentifierKind | undefined =>
  BEFORE_HASH.exec(id)?.[0] as IdentifierKind | undefined;

/** A customer carries the id of the oldest of its profiles; every one of its profiles finds it. */
export const CustomerId = ProfileId;
export type CustomerId = ProfileId;

/** Names that people choose for segments and campaigns. */
export const Slug = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9-]{0,62}$/,
    'use 1 to 63 lower-case letters, digits and dashes, for example spring-sale',
  );
export type Slug = z.infer<typeof Slug>;
