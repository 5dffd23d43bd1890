import * as z from 'zod';
import { KeyLabel } from '../domain/events/receipt.ts';
import { Slug } from '../domain/kernel/ids.ts';
import { Warning } from './event-schemas.ts';

const MOST_HEADERS = 10;
export const MOST_MAPPING_CHARACTERS = 16_000;

/** Of these none says anything about what happened, and some hold keys. */
const WITHHELD = ['authorization', 'cookie', 'proxy-authorization'];

const HeaderName = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'takes the name of a header, for example X-Shop-Signature')
  .toLowerCase();

const Prefix = z
  .string()
  .max(32)
  .regex(/^[\x20-\x7e]*$/, 'takes printable ASCII')
  .optional();

/** HMAC-SHA256 over the body, the secret itself in a header, or the secret as ?token= of the address. */
const Proof = z.discriminatedUnion('by', [
  z.strictObject({
    by: z.literal('signature'),
    header: HeaderName,
    encoding: z.enum(['hex', 'base64']),
    prefix: Prefix.describe('Stands before the signature, such as sha256='),
  }),
  z.strictObject({ by: z.literal('token'), header: HeaderName, prefix: Prefix }),
  z.strictObject({ by: z.literal('address') }),
]);

const common = {
  store: KeyLabel.describe('Where what happened is counted, when a message names no store'),
  enabled: z.boolean().default(true),
};

const shop = <Kind extends string>(kind: Kind) =>
  z.strictObject({
    kind: z.literal(kind),
    ...common,
    url: z
      .url({ protocol: /^https?$/ })
      .max(2_000)
      .optional()
      .describe('The address that the shop calls, where it differs from the one that arrives here'),
  });

export const SourceInput = z.discriminatedUnion('kind', [
  shop('shopify'),
  shop('square'),
  shop('woocommerce'),
  z
    .strictObject({
      kind: z.literal('webhook'),
      ...common,
      proof: Proof,
      mapping: z.string().trim().min(1).max(MOST_MAPPING_CHARACTERS).describe('JSONata'),
      headers: z
        .array(HeaderName.refine((name) => !WITHHELD.includes(name), 'may hold a key; it is not handed on'))
        .max(MOST_HEADERS)
        .default([])
        .describe('Headers that the mapping may read'),
      deliveryHeader: HeaderName.optional().describe(
        'Names a delivery, and names it so again when it is repeated',
      ),
    })
    .refine(
      ({ proof, headers, deliveryHeader }) =>
        proof.by !== 'token' || (!headers.includes(proof.header) && deliveryHeader !== proof.header),
      {
        path: ['proof', 'header'],
        error: 'holds the secret; it cannot be read by the mapping or name deliveries',
      },
    ),
]);
export type SourceInput = z.output<typeof SourceInput>;

/** A secret as lists tell it. */
const SecretEntry = z.object({
  id: z.string(),
  createdAt: z.string(),
  /** To the hour; absent while nothing came by it. */
  lastUsedAt: z.string().optional(),
});

export const SourceAnswer = z.looseObject({
  id: Slug,
  kind: z.string(),
  store: z.string(),
  enabled: z.boolean(),
  /** Where the caller sends to. */
  path: z.string(),
  secrets: z.array(SecretEntry),
});
export const SourceList = z.object({ sources: z.array(SourceAnswer) });
export const SourceRemoved = z.object({ id: Slug, removed: z.literal(true) });

export const SecretInput = z.strictObject({
  secret: z
    .string()
    .min(8, 'takes at least 8 characters')
    .max(256)
    // Secrets that WooCommerce makes up may have spaces within.
    .regex(/^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/, 'takes printable ASCII without spaces around it')
    .optional()
    .describe('The one that the shop gave you; left out, one is made'),
});
/** `secret` stands here where it was made here, and is never told again. */
export const SecretAdded = SecretEntry.extend({ secret: z.string().optional() });
export const SecretRevoked = z.object({ id: z.string(), revoked: z.literal(true) });

export const PreviewInput = z.strictObject({
  /** A message as it would arrive, parsed. */
  body: z.unknown(),
  topic: z.string().max(200).optional().describe('What a shop calls it, such as orders/create'),
  headers: z.record(z.string().max(64).toLowerCase(), z.string().max(2_000)).default({}),
  mapping: z
    .string()
    .trim()
    .min(1)
    .max(MOST_MAPPING_CHARACTERS)
    .optional()
    .describe('Tried instead of the one that the source has'),
});

const Refusal = z.object({ code: z.string(), path: z.string(), detail: z.string() });

export const PreviewAnswer = z.object({
  events: z.array(
    z.discriminatedUnion('status', [
      z.object({
        status: z.literal('valid'),
        id: z.string(),
        /** The business day that it counts for. */
        day: z.string(),
        warnings: z.array(Warning),
        event: z.unknown(),
      }),
      Refusal.extend({ status: z.literal('refused'), event: z.unknown() }),
    ]),
  ),
  /** Why there are no events, where the message could not be translated. */
  refused: Refusal.optional(),
});
export type PreviewAnswer = z.input<typeof PreviewAnswer>;

/**
 * What became of a delivery. `taken`: at least one event is new. `duplicate`: everything was known. `nothing`: it says
 * nothing that is kept. `quarantined`: nothing could be taken; it waits to be mended.
 */
export const HookAnswer = z.object({
  status: z.enum(['taken', 'duplicate', 'nothing', 'quarantined']),
  accepted: z.int(),
  duplicates: z.int(),
  refused: z.array(Refusal),
});
export type HookAnswer = z.infer<typeof HookAnswer>;
