import * as z from 'zod';

/**
 * What one identifier knows: its kind and a keyed hash of its value. The same phone number always gives
 * the same profile, so no look-up and no race decides where an event is folded.
 */
export const ProfileId = z
  .string()
  .regex(/^(member|phone|email|device)_[a-z2-7]{26}$/)
  .brand<'ProfileId'>();
export type ProfileId = z.infer<typeof ProfileId>;

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
