import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  aliveProbability,
  type BgNbd,
  expectedPurchases,
  fitBgNbd,
  logLikelihood,
  type PurchaseRow,
} from '../../../../../shared/domain/insight/bg-nbd.ts';
import { lnBeta } from '../../../../../shared/domain/insight/special-functions.ts';
import { cdnowFile, cdnowRows } from './cdnow.ts';
import { relativeError } from './relative-error.ts';
import { seeded } from './synthetic.ts';

/** Fader, Hardie and Lee (2005), table 2: the CDNOW sample, weeks. */
const published: BgNbd = { r: 0.2426, alpha: 4.4136, a: 0.7929, b: 2.4258 };
const firstCustomer = { x: 2, tx: 30.43, T: 38.86 };

describe('BG/NBD with the published parameters', () => {
  it('gives the published forecast of the first customer', () => {
    expect(relativeError(aliveProbability(published, firstCustomer), 0.7266)).toBeLessThan(1e-3);
    expect(relativeError(expectedPurchases(published, firstCustomer, 39), 1.2259)).toBeLessThan(1e-3);
  });

  it('calls everybody alive who bought only once, for the model ends only with a purchase', () => {
    expect(aliveProbability(published, { x: 0, tx: 0, T: 300 })).toBe(1);
  });
});

describe.skipIf(!existsSync(cdnowFile))(
  'BG/NBD fitted to the CDNOW sample (skipped where the file is absent)',
  () => {
    it('meets the published parameters and likelihood', () => {
      const fit = fitBgNbd(cdnowRows().map(({ x, tx, T }) => ({ x, tx, T, weight: 1 })));

      if (fit.status !== 'converged') throw new Error(fit.because);
      for (const name of ['r', 'alpha', 'a', 'b'] as const) {
        expect(relativeError(fit.params[name], published[name])).toBeLessThan(1e-3);
      }
      expect(relativeError(fit.logLikelihood, -9582.43)).toBeLessThan(1e-6);
      expect(relativeError(aliveProbability(fit.params, firstCustomer), 0.7266)).toBeLessThan(1e-3);
      expect(relativeError(expectedPurchases(fit.params, firstCustomer, 39), 1.2259)).toBeLessThan(1e-3);
    });
  },
);

/** Customers drawn from the model with exponential and geometric variates of fixed parameters: one segment each. */
function simulated(count: number, seed: number): PurchaseRow[] {
  const random = seeded(seed);
  return Array.from({ length: count }, () => {
    const rate = 0.02 + 0.1 * random();
    const leaves = 0.05 + 0.3 * random();
    const T = 100 + Math.floor(200 * random());
    let [x, tx] = [0, 0];
    for (let now = 0; random() >= leaves || x === 0; x += 1) {
      now += -Math.log(1 - random()) / rate;
      if (now > T) break;
      tx = Math.ceil(now);
    }
    return { x, tx: x === 0 ? 0 : Math.min(tx, T), T, weight: 1 };
  });
}

describe('fitting BG/NBD', () => {
  const rows = simulated(600, 7);
  const fit = fitBgNbd(rows);
  if (fit.status !== 'converged') throw new Error(fit.because);

  it('finds the top of the likelihood: a step to any side goes down', () => {
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.9, 1.1]) {
        const aside = { ...fit.params, [name]: fit.params[name] * factor };
        expect(logLikelihood(aside, rows)).toBeLessThan(fit.logLikelihood);
      }
    }
  });

  it('says the same in weeks as in days', () => {
    const weeks = fitBgNbd(rows.map(({ tx, T, ...row }) => ({ ...row, tx: tx / 7, T: T / 7 })));

    if (weeks.status !== 'converged') throw new Error(weeks.because);
    for (const name of ['r', 'a', 'b'] as const) {
      expect(relativeError(weeks.params[name], fit.params[name])).toBeLessThan(1e-4);
    }
    expect(relativeError(weeks.params.alpha * 7, fit.params.alpha)).toBeLessThan(1e-4);
  });

  it('takes a weight of two as two customers', () => {
    const doubled = fitBgNbd([...rows, ...rows]);

    expect(fitBgNbd(rows.map((row) => ({ ...row, weight: 2 })))).toEqual(doubled);
  });

  it('stops with a reason where there are no customers or no time has passed', () => {
    expect(fitBgNbd([])).toMatchObject({ status: 'stopped', because: 'not-finite' });
    expect(fitBgNbd([{ x: 0, tx: 0, T: 0, weight: 3 }])).toMatchObject({
      status: 'stopped',
      because: 'not-finite',
    });
  });
});

/**
 * The forecast by its definition, without 2F1: while alive, rates are gamma(r + x, alpha + T) and drop-out is
 * beta(a, b + x), and a customer with both buys (1 - e^(-rate p t)) / p times (2005 paper, equation 5).
 */
function byIntegration({ r, alpha, a, b }: BgNbd, { x, T }: { x: number; T: number }, t: number): number {
  const s = t / (alpha + T);
  const [from, to, step] = [-40, 60, 0.02];
  // Below p = e^-40 the forecast is that without drop-out, and the beta density a power of p.
  let sum = ((r + x) * s * Math.exp(a * from - lnBeta(a, b + x))) / a;
  for (let logit = from + step / 2; logit < to; logit += step) {
    const p = 1 / (1 + Math.exp(-logit));
    const density =
      -a * Math.log1p(Math.exp(-logit)) - (b + x) * Math.log1p(Math.exp(logit)) - lnBeta(a, b + x);
    sum += (step * -Math.expm1(-(r + x) * Math.log1p(p * s)) * Math.exp(density)) / p;
  }
  return sum;
}

const grid = [0.05, 0.8, 1, 1.5, 20].flatMap((a) =>
  [0.05, 0.25, 5].flatMap((r) =>
    [2, 30, 300].flatMap((alpha) =>
      [0.5, 2.5, 50].flatMap((b) =>
        [
          { x: 0, tx: 0, T: 0 },
          { x: 0, tx: 0, T: 500 },
          { x: 3, tx: 50, T: 60 },
          { x: 250, tx: 300, T: 365 },
        ].map((seen) => ({ params: { r, alpha, a, b }, seen })),
      ),
    ),
  ),
);

describe('BG/NBD forecasts over a grid of parameters and customers', () => {
  it('agree with the integral that defines them', () => {
    for (const { params, seen } of grid) {
      for (const t of [30, 365]) {
        const expected = byIntegration(params, seen, t) * aliveProbability(params, seen);
        expect(relativeError(expectedPurchases(params, seen, t), expected)).toBeLessThan(2e-5);
      }
    }
  });

  it('are a probability, and a count between nothing and what would come without drop-out', () => {
    const far = [Math.exp(-7), 1, Math.exp(7)];
    const extremes = far.flatMap((r) =>
      far.flatMap((alpha) => far.flatMap((a) => far.map((b) => ({ r, alpha, a, b })))),
    );
    const customers = [
      ...grid.slice(0, 4).map(({ seen }) => seen),
      { x: 5_000, tx: 4_999, T: 5_000 },
      { x: 1, tx: 0, T: 100_000 },
    ];
    const outside = [...extremes, ...grid.map((one) => one.params)].flatMap((params) =>
      customers.filter((seen) => {
        const alive = aliveProbability(params, seen);
        const purchases = expectedPurchases(params, seen, 365);
        const most = ((params.r + seen.x) * 365) / (params.alpha + seen.T);
        return !(alive >= 0 && alive <= 1 && purchases >= 0 && purchases <= most);
      }),
    );

    expect(outside).toEqual([]);
  });

  it('grow with the time looked ahead and are nothing for no time', () => {
    for (const { params, seen } of grid) {
      const [none, month, year] = [0, 30, 365].map((t) => expectedPurchases(params, seen, t));
      expect(none).toBeCloseTo(0, 9);
      expect(month).toBeLessThanOrEqual(year ?? 0);
    }
  });

  it('fall with the time since the last purchase', () => {
    const alive = [300, 200, 100, 0].map((tx) => aliveProbability(published, { x: 4, tx, T: 300 }));

    expect(alive).toEqual([...alive].sort((a, b) => b - a));
    expect(new Set(alive).size).toBe(4);
  });
});

describe('the file of the CDNOW sample', () => {
  it.skipIf(!existsSync(cdnowFile))(
    'is the one that was published: 2,357 customers, 946 of them came again',
    () => {
      expect(readFileSync(cdnowFile, 'utf8').trim().split('\n')).toHaveLength(2_358);
      expect(cdnowRows().filter(({ x }) => x > 0)).toHaveLength(946);
    },
  );
});
