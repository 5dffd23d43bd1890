import type { IdentifierKind } from '../kernel/ids.ts';

/** Values that people type where they want to give none, and that programs send where they have none. */
const NOBODY = /^(?:null|nil|none|undefined|unknown|unbekannt|anonymous|guest|test|n\/?a|-+|[0-]+)$/i;

const MAILBOXES =
  /^(?:test(?:er|ing)?\d*|no-?reply|do-?not-?reply|no-?e?-?mail|none|null|unknown|anonymous|guest|na|abc|asdf?|x+)@/;
const MAIL_DOMAINS = /@(?:test|none|nomail|noemail|no-?mail|localhost|invalid|anonymous)(?:\.[a-z]+)*$/;
/** Dummies of the phone books: all digits alike behind the first three, a run, and the service number of China Mobile. */
const PHONES = /^\+\d{1,3}(?:\d{0,3}?(\d)\1{6,}|1?23456789\d?|13800138000)$/;
const NUMBERS = /^(?:(\d)\1{3,}|1?23456(?:7(?:8(?:90?)?)?)?|0+)$/;

const rules: Readonly<Record<IdentifierKind, (value: string) => boolean>> = {
  member: (value) => NOBODY.test(value) || NUMBERS.test(value),
  card: (value) => NOBODY.test(value) || NUMBERS.test(value),
  phone: (value) => PHONES.test(value),
  email: (value) => MAILBOXES.test(value) || MAIL_DOMAINS.test(value),
  wechat: (value) => NOBODY.test(value),
  // Telephones that do not want to be followed send zeroes.
  device: (value) => NOBODY.test(value),
};

/** True of a normalised value that stands for nobody, and would glue strangers together. */
export const standsForNobody = (kind: IdentifierKind, value: string): boolean => rules[kind](value);
