import { type BgNbd, fitBgNbd } from './bg-nbd.ts';
import type { Features } from './features.ts';
import { fitGammaGamma, type GammaGamma } from './gamma-gamma.ts';
import type { Fit } from './minimise.ts';

/** A model, or why there is none. */
export type Fitted<Params> =
  | {
      readonly status: 'fitted';
      readonly params: Params;
      readonly rows: number;
      readonly logLikelihood: number;
    }
  | { readonly status: 'declined'; readonly reason: string };

/** Customers below which two or four parameters would follow single people. */
export const valueMinimum = { repeatBuyers: 100, spenders: 100 } as const;

/** A customer in the words of BG/NBD: a purchase is a day with orders, time is in days. */
export const purchaseRow = ({ orderDays, age, recency }: Features) => ({
  x: orderDays - 1,
  tx: age - recency,
  T: age,
});

/** A customer in the words of Gamma-Gamma: all order days count, and their mean is net of returns. */
export const spendRow = ({ orderDays, net }: Features) => ({ x: orderDays, mean: net / orderDays });

/** BG/NBD on customers as known on one day. */
export function fitPurchases(known: readonly Features[]): Fitted<BgNbd> {
  const repeaters = known.filter(({ orderDays }) => orderDays > 1).length;
  if (repeaters < valueMinimum.repeatBuyers) {
    return declined(
      `Only ${repeaters} customers of the sample bought again; ${valueMinimum.repeatBuyers} are needed`,
    );
  }
  return fitted(fitBgNbd(known.map((features) => ({ ...purchaseRow(features), weight: 1 }))), known.length);
}

/** Gamma-Gamma on the same. */
export function fitSpend(known: readonly Features[]): Fitted<GammaGamma> {
  const spenders = known
    .filter(({ net }) => net > 0)
    .map((features) => ({ ...spendRow(features), weight: 1 }));
  if (spenders.length < valueMinimum.spenders) {
    return declined(
      `Only ${spenders.length} customers of the sample spent more than they returned; ${valueMinimum.spenders} are needed`,
    );
  }
  return fitted(fitGammaGamma(spenders), spenders.length);
}

const declined = (reason: string) => ({ status: 'declined', reason }) as const;

const whyStopped = {
  iterations: 'The likelihood was still rising when the search had used up its steps',
  'not-finite': 'The likelihood of these customers has no finite value',
} as const;

/** Only what converged is used. */
export function fitted<Params>(fit: Fit<Params>, rows: number): Fitted<Params> {
  if (fit.status === 'stopped') return declined(whyStopped[fit.because]);
  return { status: 'fitted', params: fit.params, rows, logLikelihood: fit.logLikelihood };
}
