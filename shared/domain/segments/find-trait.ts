import { keyedForms, keyedSpellings, keyedTrait } from './keyed-traits.ts';
import { suggestion } from './nearest.ts';
import type { Trait } from './trait.ts';
import { traits } from './traits.ts';

const named: Readonly<Record<string, Trait>> = traits;

/** The trait of this name, plain or keyed. */
export const findTrait = (name: string): Trait | undefined =>
  Object.hasOwn(named, name) ? named[name] : keyedTrait(name);

/** Every plain name, then the forms of the keyed ones. */
export const traitNames: readonly string[] = [...Object.keys(traits), ...keyedForms];

/** What to say about a name that no trait has. */
export function noSuchTrait(name: string): string {
  const meant = suggestion(name, [...Object.keys(traits), ...keyedSpellings(name)]);
  return `there is no trait '${name}'${meant}; known traits are ${traitNames.join(', ')}`;
}
