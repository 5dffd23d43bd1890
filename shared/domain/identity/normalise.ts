import type { CountryCode } from 'libphonenumber-js';
import { parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Ids } from '../events/event.ts';
import { type IdentifierKind, identifierKinds } from '../kernel/ids.ts';
import { standsForNobody } from './blocked.ts';
import { numberingFault } from './check-digit.ts';
import { readEmail } from './email.ts';
import { plainText } from './plain-text.ts';
import type { IdentitySettings } from './settings.ts';

/** A normalised identifier: equal values mean the same number, address or card. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** An identifier that cannot be one, or that stands for nobody; its event is kept without it. */
export interface RefusedIdentifier {
  readonly code: `${'invalid' | 'blocked'}-${IdentifierKind}`;
  readonly kind: IdentifierKind;
  /** What is wrong, to be put behind the name of the field. */
  readonly detail: string;
}

/** What of a stage's settings says how identifiers are read. */
export interface Reading {
  readonly country: string;
  readonly identity: IdentitySettings;
}

/** Characters; the longest e-mail address there can be has 320. */
const LONGEST = 320;
const TOO_LONG = { refused: `has more than ${LONGEST} characters` } as const;
const EMPTY = { refused: 'is empty' } as const;

/** Half a pair, or what stands for bytes that were no UTF-8. Of two such texts nobody could say whether they were one. */
const LOST_LETTER = /[\p{Cs}\ufffd]/u;
const GARBLED = { refused: 'has a letter that was lost on its way; send UTF-8' } as const;

/** Two of one switchboard would have one number, and be one customer that nobody could take apart again. */
const EXTENSION = {
  refused: 'has an extension, and the number before it belongs to many; send one that reaches one person',
} as const;

type Read = { readonly value: string } | { readonly refused: string };

const numbered =
  (kind: 'member' | 'card') =>
  (raw: string, { identity }: Reading): Read => {
    const value = plainText(raw).replace(/\s+/g, '').toUpperCase();
    if (LOST_LETTER.test(value)) return GARBLED;
    const fault = value === '' ? EMPTY.refused : numberingFault(value, identity[kind]);
    return fault === undefined ? { value } : { refused: fault };
  };

const asItIs = (raw: string): Read => {
  const value = raw.trim();
  if (LOST_LETTER.test(value)) return GARBLED;
  return value === '' ? EMPTY : { value };
};

const readers: Readonly<Record<IdentifierKind, (raw: string, reading: Reading) => Read>> = {
  member: numbered('member'),
  card: numbered('card'),
  phone: (raw, { country }) => {
    const parsed = parsePhoneNumberFromString(raw, country as CountryCode);
    if (parsed?.ext !== undefined) return EXTENSION;
    return parsed?.isValid() === true
      ? { value: parsed.number }
      : {
          refused: `is no phone number of ${country} nor one that begins with + and a country code, for example +31612345678`,
        };
  },
  email: (raw) => {
    const value = readEmail(plainText(raw));
    return value === undefined ? { refused: 'is no e-mail address, for example ada@example.com' } : { value };
  },
  wechat: asItIs,
  device: asItIs,
};

/** Dummy numbers are looked for first, since many of them are valid nowhere. */
const dummyPhone = (raw: string): boolean => standsForNobody('phone', `+00${raw.replace(/\D/g, '')}`);

const BLOCKED = 'stands for nobody in particular';

/**
 * Reads the identifiers of an event, strongest first. Phone numbers become E.164 with the stage's country as
 * default; e-mail addresses lower case, and their dots stay, since only some providers pass over them; member and
 * card numbers upper case without spaces. Full-width letters and digits are read as the plain ones.
 */
export function normalise(
  ids: Ids,
  reading: Reading,
): { identifiers: Identifier[]; refused: RefusedIdentifier[] } {
  const identifiers: Identifier[] = [];
  const refused: RefusedIdentifier[] = [];
  for (const kind of reading.identity.priority) {
    const raw = ids[kind];
    if (raw === undefined || raw === null) continue;
    const read = raw.length > LONGEST ? TOO_LONG : readers[kind](raw, reading);
    if ('value' in read && !isBlocked(kind, read.value, reading))
      identifiers.push({ kind, value: read.value });
    else if ('value' in read || (kind === 'phone' && dummyPhone(raw)))
      refused.push({ code: `blocked-${kind}`, kind, detail: BLOCKED });
    else refused.push({ code: `invalid-${kind}`, kind, detail: read.refused });
  }
  return { identifiers, refused };
}

const isBlocked = (kind: IdentifierKind, value: string, reading: Reading): boolean =>
  standsForNobody(kind, value) ||
  (reading.identity.blocked[kind] ?? []).some((own) => normalised(kind, own, reading) === value);

const normalised = (kind: IdentifierKind, raw: string, reading: Reading): string => {
  const read = readers[kind](raw, reading);
  return 'value' in read ? read.value : raw;
};

/** The kinds by name, as people are told them. */
export const kindsInWords = identifierKinds.join(', ');
