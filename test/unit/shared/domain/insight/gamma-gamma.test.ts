import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  expectedSpend,
  fitGammaGamma,
  type GammaGamma,
  logLikelihood,
} from '../../../../../shared/domain/insight/gamma-gamma.ts';
import { cdnowFile, cdnowRows } from './cdnow.ts';
import { relativeError } from './relative-error.ts';
import { seeded } from './synthetic.ts';

/** Fader and Hardie (2013), section 4: the 946 repeat customers of the CDNOW sample, dollars. */
const published: GammaGamma = { p: 6.2488, q: 3.7446, v: 15.4477 };

describe('Gamma-Gamma with the published parameters', () => {
  it('gives the published forecast of the first customer', () => {
    expect(relativeError(expectedSpend(published, { x: 2, mean: 22.35 }), 24.6586)).toBeLessThan(1e-3);
  });

  it('tells the mean of everybody about a stranger, and more and more of the own mean with every purchase', () => {
    const everybody = (published.p * published.v) / (published.q - 1);
    const means = [1, 10, 100, 10_000].map((x) => expectedSpend(published, { x, mean: 80 }));

    expect(expectedSpend(published, { x: 0, mean: 0 })).toBeCloseTo(everybody, 10);
    expect(means).toEqual([...means].sort((a, b) => a - b));
    expect(relativeError(means.at(-1) ?? 0, 80)).toBeLessThan(1e-3);
  });
});

describe.skipIf(!existsSync(cdnowFile))(
  'Gamma-Gamma fitted to the CDNOW sample (skipped where the file is absent)',
  () => {
    it('meets the published parameters', () => {
      const repeat = cdnowRows().filter(({ x }) => x > 0);
      const fit = fitGammaGamma(repeat.map(({ x, mean }) => ({ x, mean, weight: 1 })));

      if (fit.status !== 'converged') throw new Error(fit.because);
      for (const name of ['p', 'q', 'v'] as const) {
        expect(relativeError(fit.params[name], published[name])).toBeLessThan(1e-3);
      }
      expect(relativeError(expectedSpend(fit.params, { x: 2, mean: 22.35 }), 24.6586)).toBeLessThan(1e-3);
    });
  },
);

describe('fitting Gamma-Gamma', () => {
  const random = seeded(3);
  const rows = Array.from({ length: 500 }, () => {
    const level = 10 + 60 * random() ** 2;
    const x = 1 + Math.floor(6 * random());
    const spent = Array.from({ length: x }, () => level * (0.4 - Math.log(1 - random())));
    return { x, mean: spent.reduce((sum, value) => sum + value, 0) / x, weight: 1 };
  });
  const fit = fitGammaGamma(rows);
  if (fit.status !== 'converged') throw new Error(fit.because);

  it('finds the top of the likelihood: a step to any side goes down', () => {
    for (const name of ['p', 'q', 'v'] as const) {
      for (const factor of [0.9, 1.1]) {
        const aside = { ...fit.params, [name]: fit.params[name] * factor };
        expect(logLikelihood(aside, rows)).toBeLessThan(fit.logLikelihood);
      }
    }
  });

  it('says the same in pence as in pounds', () => {
    const pence = fitGammaGamma(rows.map((row) => ({ ...row, mean: row.mean * 100 })));

    if (pence.status !== 'converged') throw new Error(pence.because);
    expect(relativeError(pence.params.p, fit.params.p)).toBeLessThan(1e-4);
    expect(relativeError(pence.params.q, fit.params.q)).toBeLessThan(1e-4);
    expect(relativeError(pence.params.v, fit.params.v * 100)).toBeLessThan(1e-4);
  });

  it('takes a weight of two as two customers', () => {
    const heavy = fitGammaGamma(rows.map((row) => ({ ...row, weight: 2 })));
    const doubled = fitGammaGamma([...rows, ...rows]);

    if (heavy.status !== 'converged' || doubled.status !== 'converged') throw new Error('stopped');
    expect(relativeError(heavy.params.q, doubled.params.q)).toBeLessThan(1e-4);
    expect(relativeError(heavy.logLikelihood, doubled.logLikelihood)).toBeLessThan(1e-9);
  });

  it('forecasts a finite spend for every customer, however extreme the fit', () => {
    for (const p of [Math.exp(-7), 1, Math.exp(7)]) {
      for (const q of [1 + Math.exp(-7), 2, Math.exp(7)]) {
        for (const mean of [0, 1, 1e12]) {
          const spend = expectedSpend({ p, q, v: 1_000 }, { x: 1, mean });
          expect(spend).toBeGreaterThan(0);
          expect(spend).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      }
    }
  });

  it('keeps the mean of the population finite where the spread of customers is wild', () => {
    // Quantiles of a Pareto distribution with tail index 1/2, whose mean is infinite.
    const wild = Array.from({ length: 200 }, (_, index) => ({
      x: 50,
      mean: ((index + 0.5) / 200) ** -2,
      weight: 1,
    }));
    const found = fitGammaGamma(wild);

    if (found.status !== 'converged') throw new Error(found.because);
    expect(found.params.q).toBeGreaterThan(1);
  });

  it('stops with a reason without customers, or where a mean is not above zero', () => {
    expect(fitGammaGamma([])).toMatchObject({ status: 'stopped', because: 'not-finite' });
    expect(fitGammaGamma([{ x: 1, mean: 0, weight: 1 }])).toMatchObject({
      status: 'stopped',
      because: 'not-finite',
    });
  });
});
