import type { CountryCode } from 'libphonenumber-js';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import * as z from 'zod';
import type { Ids } from '../events/event.ts';

/** Strongest first: the first identifier that an event carries decides which profile it is folded into. */
export const identifierKinds = ['member', 'phone', 'email', 'device'] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** A normalised identifier: equal values mean the same number, address or card. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** An identifier that cannot be one; its event is kept without it. */
export interface RefusedIdentifier {
  readonly code: `invalid-${IdentifierKind}`;
  readonly kind: IdentifierKind;
  /** What is wrong, to be put behind the name of the field. */
  readonly detail: string;
}

const Email = z.email();

/** Characters; the longest e-mail address there can be has 320. */
const LONGEST = 320;
const TOO_LONG = { refused: `has more than ${LONGEST} characters` } as const;

type Reading = { readonly value: string } | { readonly refused: string };

const readers: Readonly<Record<IdentifierKind, (raw: string, country: CountryCode) => Reading>> = {
  member: (raw) => {
    const value = raw.replace(/\s+/g, '').toUpperCase();
    return value === '' ? { refused: 'is empty' } : { value };
  },
  phone: (raw, country) => {
    const parsed = parsePhoneNumberFromString(raw, country);
    return parsed?.isValid() === true
      ? { value: parsed.number }
      : {
          refused: `is no phone number of ${country} nor one that begins with + and a country code, for example +31612345678`,
        };
  },
  email: (raw) => {
    const value = raw.trim().toLowerCase();
    return Email.safeParse(value).success
      ? { value }
      : { refused: 'is no e-mail address, for example ada@example.com' };
  },
  device: (raw) => {
    const value = raw.trim();
    return value === '' ? { refused: 'is empty' } : { value };
  },
};

/**
 * Reads the identifiers of an event, strongest first. Phone numbers become E.164 with the stage's
 * country as default; e-mail addresses lower case; member numbers upper case without spaces.
 */
export function normalise(
  ids: Ids,
  country: string,
): { identifiers: Identifier[]; refused: RefusedIdentifier[] } {
  const identifiers: Identifier[] = [];
  const refused: RefusedIdentifier[] = [];
  for (const kind of identifierKinds) {
    const raw = ids[kind];
    if (raw === undefined || raw === null) continue;
    const reading = raw.length > LONGEST ? TOO_LONG : readers[kind](raw, country as CountryCode);
    if ('value' in reading) identifiers.push({ kind, value: reading.value });
    else refused.push({ code: `invalid-${kind}`, kind, detail: reading.refused });
  }
  return { identifiers, refused };
}
