import * as z from 'zod';
import { Label } from './receipt.ts';

/** As envelopes and shop systems have them; none of their own fields is longer. */
const Line = z.string().max(300).nullish();

/** Where somebody lives. Fields of other names are kept as they come, sealed like these. */
export const Address = z.looseObject({
  street: Line,
  houseNumber: Line,
  /** What stands beside the street: floor, flat, care of. */
  more: Line,
  postcode: Line,
  city: Line,
  region: Line,
  country: Line,
  /** All of it in one text, where nobody took it apart. */
  text: z.string().max(1_000).nullish(),
});

/** What may be known of a member; everything is optional, because shops ask for different things. */
export const Member = z.looseObject({
  name: z.string().trim().min(1).max(200).optional(),
  birthday: z.iso.date().optional(),
  address: Address.optional(),
  /** The company, family or club that somebody belongs to. */
  group: z.looseObject({}).optional(),
  /** BCP 47, for example en or nl-NL: the language of messages. */
  language: z.string().min(2).max(35).optional(),
  homeStore: Label.optional(),
});

/** The part of it that says nothing about who it is. */
export const impersonalFields = ['language', 'homeStore'] as const;

/** Fields that the vault keeps one by one, so that each can be changed alone; what nobody defined is kept together. */
export const personalFields = ['name', 'birthday', 'address', 'group'] as const;
