/** What says that two members may be one person, strongest first. */
export const likenesses = ['name-and-phone', 'email', 'name-birthday-postcode'] as const;
export type Likeness = (typeof likenesses)[number];

/** Letters that have no accent to be taken off, and are written in two ways all the same. */
const written: Readonly<Record<string, string>> = {
  ß: 'ss',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ı: 'i',
};

const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/**
 * The same for names that are written alike but for case, spaces, accents and the order of first and last name.
 * Names in East Asian scripts stay as they are but for spaces: their signs and order are the name. Empty where no letter is left.
 */
export function foldName(name: string): string {
  const plain = name.normalize('NFKC').toLowerCase();
  if (EAST_ASIAN.test(plain)) return plain.replace(/[\s\p{P}]+/gu, '');
  return plain
    .replace(/[ßøđðłæœþı]/g, (letter) => written[letter] ?? letter)
    .normalize('NFD')
    .replace(/[\p{M}'’]+/gu, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .sort()
    .join(' ');
}

/** What of a person is compared; hashes serve as well as values, where equal ones have equal hashes. */
export interface Looks {
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
  readonly email?: string | undefined;
  readonly birthday?: string | undefined;
  readonly postcode?: string | undefined;
}

/** The texts that are equal for two who may be one person, by what they have in common. */
export function likenessesOf({
  name = '',
  phone,
  email,
  birthday,
  postcode,
}: Looks): readonly (readonly [Likeness, string])[] {
  const folded = foldName(name);
  const place = postcode?.replace(/[\s-]+/g, '').toUpperCase();
  return [
    ...(folded === '' || phone === undefined ? [] : [['name-and-phone', `${folded}\n${phone}`] as const]),
    ...(email === undefined ? [] : [['email', email] as const]),
    ...(folded === '' || birthday === undefined || !place
      ? []
      : [['name-birthday-postcode', `${folded}\n${birthday}\n${place}`] as const]),
  ];
}
