import { describe, expect, it } from 'vitest';
import { decide } from '../../../../../shared/domain/campaigns/gate.ts';
import { compileRule } from '../../../../../shared/domain/segments/compile-rule.ts';
import { aCustomer, aCustomerId } from '../../../../builders/a-customer.ts';

const CUSTOMERS = 20_000;
const customers = Array.from({ length: CUSTOMERS }, (_, n) =>
  aCustomer({ id: aCustomerId(n), consent: { email: 'granted' } }),
);

/** Four standard errors of a share: a fair draw misses it once in 16,000 seeds, and the seeds are fixed. */
const margin = (share: number): number => 4 * Math.sqrt((share * (1 - share)) / CUSTOMERS);

const drawn = (random: number, seed: string) => customers.filter(compileRule({ random, seed }));

describe('a random sample', () => {
  it.each([0.01, 0.1, 0.5])('of %d has that share', (share) => {
    expect(Math.abs(drawn(share, 'spring').length / CUSTOMERS - share)).toBeLessThan(margin(share));
  });

  it('is the same every time', () => {
    expect(drawn(0.1, 'spring')).toEqual(drawn(0.1, 'spring'));
  });

  it('contains every smaller one of its seed', () => {
    const larger = new Set(drawn(0.2, 'spring'));

    expect(drawn(0.1, 'spring').every((customer) => larger.has(customer))).toBe(true);
  });

  it('has nothing to do with that of another seed', () => {
    const spring = new Set(drawn(0.2, 'spring'));
    const both = drawn(0.2, 'autumn').filter((customer) => spring.has(customer)).length / CUSTOMERS;

    expect(Math.abs(both - 0.04)).toBeLessThan(margin(0.04));
  });

  it('has nothing to do with the hold-out of a campaign of the same name', () => {
    const heldOut = (view: (typeof customers)[number]): boolean =>
      decide({
        campaign: { id: 'spring', channel: 'email', holdout: 0.2 },
        view,
        contacts: [],
        suppressed: false,
        hasAddress: true,
        settings: { frequencyCap: { messages: 1, days: 7 } },
        now: '2026-03-31T10:00:00.000Z',
      }).kind === 'held-out';

    const both = drawn(0.2, 'spring').filter(heldOut).length / CUSTOMERS;

    expect(Math.abs(both - 0.04)).toBeLessThan(margin(0.04));
  });
});
