import type { Share } from '../customers/aggregate.ts';
import type { CustomerView } from '../customers/view.ts';
import type { NumberTrait } from './trait.ts';

const groups = { category: 'categories', channel: 'channels', store: 'stores' } as const;
type Group = keyof typeof groups;

const measures = {
  orders: { words: 'number of orders', unit: 'count' },
  units: { words: 'number of units bought', unit: 'count' },
  net: { words: 'net spend', unit: 'minor units' },
} as const satisfies Record<keyof Share, Pick<NumberTrait, 'unit'> & { readonly words: string }>;
type Measure = keyof typeof measures;

/** How the names are formed, for messages and the reference page: one trait for every store that sold. */
export const keyedForms: readonly string[] = Object.keys(groups).map(
  (group) => `${group}.<name>.${Object.keys(measures).join('|')}`,
);

/** The last dot ends the key, so that a store may be called 'ams.01'. */
const FORM = new RegExp(
  `^(${Object.keys(groups).join('|')})\\.(.{1,64})\\.(${Object.keys(measures).join('|')})$`,
  's',
);

/** 'store.ams-01.net' → what the customer spent there; 0 for who never was there. */
export function keyedTrait(name: string): NumberTrait | undefined {
  const [, group, key, measure] = FORM.exec(name) ?? [];
  if (group === undefined || key === undefined || measure === undefined) return undefined;
  return traitOf(group as Group, key, measure as Measure);
}

/** 'stores.ams-01.nett' → every keyed name about 'ams-01', to find the one that was meant. */
export function keyedSpellings(name: string): readonly string[] {
  const key = /^[^.]*\.(.+)\.[^.]*$/s.exec(name)?.[1];
  if (key === undefined) return [];
  return Object.keys(groups).flatMap((group) =>
    Object.keys(measures).map((measure) => `${group}.${key}.${measure}`),
  );
}

function traitOf(group: Group, key: string, measure: Measure): NumberTrait {
  const shares = groups[group];
  return {
    kind: 'number',
    unit: measures[measure].unit,
    summary: `${measures[measure].words} in ${group} '${key}'`,
    always: true,
    of: ({ aggregate }) =>
      Object.hasOwn(aggregate[shares], key) ? (aggregate[shares][key]?.[measure] ?? 0) : 0,
  };
}

/** The key with the highest net spend; of equal ones the first by name. None where nothing is left after returns. */
export const favourite =
  (group: Group) =>
  ({ aggregate }: CustomerView): string | undefined => {
    let best: string | undefined;
    let most = 0;
    for (const [key, { net }] of Object.entries(aggregate[groups[group]])) {
      if (net > most || (net === most && best !== undefined && key < best)) {
        best = key;
        most = net;
      }
    }
    return best;
  };
