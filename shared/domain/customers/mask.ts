/** Shows enough of a value to recognise it by, and not enough to use it. */
export const mask = {
  /** Ada Vermeer → A** V******, and 王 明 → 王 *: a word of one letter behind the first is all of a name. */
  name: (name: string): string => name.replace(/(?<=\S)\S|(?<=\S\s+)\S(?!\S)/gu, '*'),
  /** ada.vermeer@example.com → a**********@example.com, and a@example.com → *@example.com */
  email: (email: string): string => email.replace(/(?<=.).(?=.*@)|^.(?=@)/gu, '*'),
  /** +31612345678 → +31*******78 */
  phone: (phone: string): string =>
    phone.slice(0, 3) + '*'.repeat(Math.max(0, phone.length - 5)) + phone.slice(-2),
} as const;

type Showing = 'clear' | 'masked' | 'hidden';

/** Parts of a customer that are shown together. */
export const recordParts = [
  /** Purchases, consent, what is known of the member, care, feedback. */
  'record',
  /** What marketing thinks with: value, churn, what was looked at, what was opened. */
  'insight',
  /** The facts of the timeline with what they say, beyond that there were some. */
  'facts',
  /** Words of the customer: reviews, comments, complaints. */
  'words',
] as const;
export type RecordPart = (typeof recordParts)[number];

export interface Sight {
  readonly contact: Readonly<Record<'name' | 'email' | 'phone', Showing>>;
  readonly parts: readonly RecordPart[];
}

const hidden = { name: 'hidden', email: 'hidden', phone: 'hidden' } as const;
const masked = { name: 'masked', email: 'masked', phone: 'masked' } as const;

/** Who sees what of a customer. Nothing else decides it. */
export const sights = {
  clerk: { contact: { ...masked, email: 'hidden' }, parts: ['record', 'facts'] },
  marketer: { contact: masked, parts: ['record', 'insight', 'facts'] },
  analyst: { contact: hidden, parts: ['record', 'insight', 'facts'] },
  privacy: { contact: { name: 'clear', email: 'clear', phone: 'clear' }, parts: recordParts },
  /** Ids alone, to find what went wrong. */
  ops: { contact: hidden, parts: [] },
} as const satisfies Record<string, Sight>;

const openness: readonly Showing[] = ['hidden', 'masked', 'clear'];

/** Of somebody with several roles the most that any of them sees. */
export function sightOf(roles: readonly (keyof typeof sights)[]): Sight {
  const all: readonly Sight[] = roles.map((role) => sights[role]);
  const most = (field: keyof Sight['contact']): Showing =>
    openness.findLast((showing) => all.some(({ contact }) => contact[field] === showing)) ?? 'hidden';
  return {
    contact: { name: most('name'), email: most('email'), phone: most('phone') },
    parts: recordParts.filter((part) => all.some(({ parts }) => parts.includes(part))),
  };
}

/** A value of the vault as it may be shown; undefined where it must not be, and need not be opened. */
export const shown = (field: keyof Sight['contact'], value: string, sight: Sight): string | undefined => {
  const showing = sight.contact[field];
  if (showing === 'hidden') return undefined;
  return showing === 'clear' ? value : mask[field](value);
};
