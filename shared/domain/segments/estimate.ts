/** A share and its interval. */
export interface ShareEstimate {
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

export interface SizeEstimate {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** True where everybody was asked. */
  readonly exact: boolean;
}

/** The 97.5 % point of the standard normal distribution, for an interval of 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval (E. B. Wilson, JASA 22, 1927): right for small samples and for shares near 0 and 1,
 * where the textbook interval claims certainty. Nobody asked: anything between 0 and 1.
 */
export function estimateShare(matched: number, sampled: number): ShareEstimate {
  if (!(Number.isInteger(matched) && Number.isInteger(sampled) && 0 <= matched && matched <= sampled)) {
    throw new RangeError(
      `matched is ${matched} of ${sampled} sampled; both are counts, matched at most sampled`,
    );
  }
  if (sampled === 0) return { share: 0, low: 0, high: 1 };
  const share = matched / sampled;
  const scale = 1 + Z ** 2 / sampled;
  const centre = (share + Z ** 2 / (2 * sampled)) / scale;
  const half = (Z / scale) * Math.sqrt((share * (1 - share)) / sampled + Z ** 2 / (4 * sampled ** 2));
  // At the ends the exact bounds are 0 and 1; rounding may miss them by an ulp.
  return {
    share,
    low: matched === 0 ? 0 : centre - half,
    high: matched === sampled ? 1 : centre + half,
  };
}

/** How many of the population match, judged by a sample. Whoever was asked is known for certain. */
export function estimateSize(of: {
  readonly matched: number;
  readonly sampled: number;
  readonly population: number;
}): SizeEstimate {
  const { matched, sampled, population } = of;
  const { share, low, high } = estimateShare(matched, sampled);
  if (!Number.isInteger(population) || population < sampled) {
    throw new RangeError(
      `population is ${population} and sampled ${sampled}; the sample is a part of the population`,
    );
  }
  return {
    estimate: Math.round(share * population),
    low: Math.max(matched, Math.floor(low * population)),
    high: Math.min(population - (sampled - matched), Math.ceil(high * population)),
    exact: sampled === population,
  };
}
