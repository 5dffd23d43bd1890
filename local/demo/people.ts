import type { Random } from './random.ts';

const cultures = [
  {
    language: 'nl',
    share: 5,
    first: [
      'Emma',
      'Daan',
      'Sanne',
      'Lotte',
      'Bram',
      'Femke',
      'Jeroen',
      'Anouk',
      'Pieter',
      'Maaike',
      'Thijs',
      'Noor',
    ],
    last: [
      'de Vries',
      'Jansen',
      'van Dijk',
      'Bakker',
      'Visser',
      'Smit',
      'Mulder',
      'Bos',
      'Peeters',
      'Claes',
      'Maes',
    ],
  },
  {
    language: 'fr',
    share: 3,
    first: ['Chloé', 'Hugo', 'Inès', 'Léa', 'Mathéo', 'Zoé', 'Amélie', 'Théo', 'Camille', 'Noémie', 'Jérôme'],
    last: ['Lefèvre', 'Dubois', 'Moreau', 'Lambert', 'Fontaine', 'Girard', 'Mercier', 'Rousseau', 'Caron'],
  },
  {
    language: 'en',
    share: 1,
    first: ['Oliver', 'Grace', 'Amelia', 'Jack', 'Priya', 'Ravi', 'Chidi', 'Ngozi', 'Siobhan', 'Callum'],
    last: ['Walker', 'Hughes', 'Patel', 'Okafor', 'Murphy', 'Campbell', 'Evans', 'Singh'],
  },
  {
    language: 'de',
    share: 1,
    first: ['Jonas', 'Lena', 'Jürgen', 'Käthe', 'Björn', 'Marlene', 'Anton', 'Ayşe', 'Emre', 'Zeynep'],
    last: ['Müller', 'Schäfer', 'Weber', 'Köhler', 'Yilmaz', 'Demir', 'Hoffmann', 'Krüger'],
  },
] as const;

export interface Person {
  readonly name: string;
  readonly language: string;
  readonly email: string;
  /** E.164; there are ten thousand to give away. */
  readonly phone: string | undefined;
  readonly birthday: string;
}

/** The domains of RFC 2606, where no mail ever arrives. */
const DOMAINS = ['example.com', 'example.org', 'example.net'];

/** +33 6 39 98 xx xx is set apart for fiction by the French regulator (Arcep, plan national de numérotation). */
const phoneOf = (index: number): string | undefined =>
  index < 10_000 ? `+3363998${String(index).padStart(4, '0')}` : undefined;

/** Somebody who does not exist; the index keeps address and number apart from everybody else's. */
export function person(index: number, random: Random): Person {
  const { first, last, language } = random.weighted(cultures, ({ share }) => share);
  const [given, family] = [random.pick<string>(first), random.pick<string>(last)];
  const year = random.whole(1968, 2003);
  const monthAndDay = `${String(random.whole(1, 12)).padStart(2, '0')}-${String(random.whole(1, 28)).padStart(2, '0')}`;
  return {
    name: `${given} ${family}`,
    language,
    email: `${plain(given)}.${plain(family)}${index + 1}@${random.pick(DOMAINS)}`,
    phone: phoneOf(index),
    birthday: `${year}-${monthAndDay}`,
  };
}

/** Letters a to z alone: 'Käthe de Vries' → 'kathedevries'. */
const plain = (name: string): string =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
