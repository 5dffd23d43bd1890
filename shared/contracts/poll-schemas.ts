import * as z from 'zod';
import { Slug } from '../domain/kernel/ids.ts';

const Credential = z
  .string()
  .min(4, 'takes at least 4 characters')
  .max(512)
  .regex(/^[\x21-\x7e]+$/, 'takes printable ASCII without spaces');

const ORIGIN = 'takes scheme and host alone, for example https://my-shop.example';

/** A path, a password or whatever else would be left out is better refused. */
const isOrigin = (text: string): boolean =>
  URL.canParse(text) && new URL(text).href === `${new URL(text).origin}/`;

export const PollInput = z.strictObject({
  origin: z
    .url({ protocol: /^https?$/, error: ORIGIN })
    .max(500)
    .refine(isOrigin, ORIGIN)
    .describe('Scheme and host of the shop’s interface, such as https://my-shop.myshopify.com'),
  credentials: z
    .strictObject({ token: Credential.optional(), key: Credential.optional(), secret: Credential.optional() })
    .describe('token of Shopify and Square; key and secret of WooCommerce'),
  location: z.string().min(1).max(64).optional().describe('Of Square: the place that this source stands for'),
  since: z.iso
    .datetime({ offset: true })
    .optional()
    .describe('What changed before is not asked for; left out, from now on'),
});
export type PollInput = z.output<typeof PollInput>;

/** How a shop is asked and how that goes; the credentials are never told again. */
export const PollAnswer = z.object({
  id: Slug,
  origin: z.string(),
  location: z.string().optional(),
  since: z.string(),
  /** What changed until then was taken. */
  askedUntil: z.string().optional(),
  lastSuccessAt: z.string().optional(),
  lastError: z.object({ code: z.string(), at: z.string() }).optional(),
});

export const PollRemoved = z.object({ id: Slug, removed: z.literal(true) });
