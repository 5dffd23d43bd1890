/** Where the clocks of tills and shops hang. */
export const ZONE = 'Europe/Amsterdam';

export interface Shop {
  readonly id: string;
  readonly tills: number;
  /** Share of the customers who call it theirs. */
  readonly weight: number;
  readonly openOnSundays: boolean;
}

export const shops: readonly Shop[] = [
  { id: 'ams-01', tills: 3, weight: 4, openOnSundays: true },
  { id: 'utr-01', tills: 2, weight: 3, openOnSundays: true },
  { id: 'gnt-01', tills: 2, weight: 2, openOnSundays: false },
  { id: 'lil-01', tills: 1, weight: 2, openOnSundays: false },
];

/** The web shop, in the place of a store. */
export const WEB = 'web';
