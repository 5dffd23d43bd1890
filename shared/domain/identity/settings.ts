import * as z from 'zod';
import { type IdentifierKind, identifierKinds } from '../kernel/ids.ts';
import { KEPT_OF_A_KIND } from './links.ts';

const Kind = z.enum(identifierKinds);

/** How numbers that the retailer gave out look. */
const Numbering = z.strictObject({
  /** The last digit proves the others; a number that fails is a typing error. */
  check: z.enum(['none', 'luhn', 'ean13']).default('none'),
  /** Characters, all of them. */
  length: z.int().min(1).max(64).optional(),
});
export type Numbering = z.infer<typeof Numbering>;

/** Above this many, an identifier is shared by several people and links nobody. */
const Limit = z.strictObject({
  /** Member numbers that it may be seen with. */
  members: z
    .int()
    .min(1)
    .max(KEPT_OF_A_KIND - 1),
  /** Identifiers of any other kind. Devices are not counted: browsers make up new ones every week. */
  others: z
    .int()
    .min(1)
    .max(KEPT_OF_A_KIND - 1),
});
export type Limit = z.infer<typeof Limit>;

/** Two members for a phone that a couple shares, three for the tablet of a family; the others leave room for years. */
const limits: Readonly<Record<IdentifierKind, Limit>> = {
  member: { members: 1, others: 10 },
  card: { members: 2, others: 6 },
  phone: { members: 2, others: 6 },
  email: { members: 2, others: 6 },
  wechat: { members: 2, others: 4 },
  device: { members: 3, others: 4 },
};

const Values = z.array(z.string().min(1).max(320)).max(1_000);

const isEveryKind = (kinds: readonly IdentifierKind[]): boolean =>
  kinds.length === identifierKinds.length && identifierKinds.every((kind) => kinds.includes(kind));

/** Nothing of it has to be set. */
export const IdentitySettings = z
  .strictObject({
    member: Numbering.default({ check: 'none' }),
    card: Numbering.default({ check: 'none' }),
    /** Strongest first: the first that an event carries decides where it is folded. */
    priority: z
      .array(Kind)
      .refine(isEveryKind, `names each of ${identifierKinds.join(', ')} once`)
      .default([...identifierKinds]),
    /** Kinds that join profiles by themselves; others only give a profile of their own. */
    linking: z.array(Kind).default([...identifierKinds]),
    limits: z
      .partialRecord(Kind, Limit)
      .default({})
      .transform((own): Readonly<Record<IdentifierKind, Limit>> => ({ ...limits, ...own })),
    /** Values that stand for nobody, beside those known everywhere: the shop's own numbers, a till's default. */
    blocked: z.partialRecord(Kind, Values).default({}),
  })
  .prefault({});
export type IdentitySettings = z.infer<typeof IdentitySettings>;

/** The part of it that decides who belongs together. */
export type LinkingRules = Pick<IdentitySettings, 'priority' | 'linking' | 'limits'>;
