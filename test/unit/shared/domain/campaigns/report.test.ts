import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addsUp,
  CampaignReport,
  combineReports,
  emptyReport,
  type Outcome,
  reportOf,
} from '../../../../../shared/domain/campaigns/report.ts';

const anyOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant({ kind: 'sent' } as const),
  fc.constant({ kind: 'held-out' } as const),
  fc.record({
    kind: fc.constant('refused' as const),
    reason: fc.oneof(fc.constantFrom('no-consent', 'interrupted', '__proto__', 'constructor'), fc.string()),
  }),
);
const someOutcomes = fc.array(anyOutcome, { maxLength: 20 });
const total = (outcomes: readonly Outcome[]) => outcomes.map(reportOf).reduce(combineReports, emptyReport);
const anyReport = someOutcomes.map(total);

describe('the report of a campaign', () => {
  it('counts everybody once', () => {
    const report = total([
      { kind: 'sent' },
      { kind: 'sent' },
      { kind: 'held-out' },
      { kind: 'refused', reason: 'no-consent' },
      { kind: 'refused', reason: 'no-consent' },
      { kind: 'refused', reason: 'interrupted' },
    ]);

    expect(report).toEqual({
      audience: 6,
      sent: 2,
      heldOut: 1,
      refused: { 'no-consent': 2, interrupted: 1 },
    });
    expect(CampaignReport.parse(report)).toEqual(report);
  });

  it('is the same for any order and any split of the audience', () => {
    fc.assert(
      fc.property(
        someOutcomes.chain((outcomes) =>
          fc.tuple(
            fc.constant(outcomes),
            fc.shuffledSubarray(outcomes, { minLength: outcomes.length }),
            fc.nat(outcomes.length),
          ),
        ),
        ([outcomes, shuffled, cut]) => {
          const parts = combineReports(total(shuffled.slice(0, cut)), total(shuffled.slice(cut)));

          expect(parts).toEqual(total(outcomes));
        },
      ),
    );
  });

  it('is a commutative monoid', () => {
    fc.assert(
      fc.property(anyReport, anyReport, anyReport, (a, b, c) => {
        expect(combineReports(a, b)).toEqual(combineReports(b, a));
        expect(combineReports(combineReports(a, b), c)).toEqual(combineReports(a, combineReports(b, c)));
        expect([combineReports(a, emptyReport), combineReports(emptyReport, a)]).toEqual([a, a]);
      }),
    );
  });

  it('adds up, however it was put together', () => {
    fc.assert(
      fc.property(someOutcomes, (outcomes) => {
        const report = total(outcomes);

        expect([report.audience, addsUp(report)]).toEqual([outcomes.length, true]);
      }),
    );
  });

  it('does not add up where somebody was lost or counted twice', () => {
    fc.assert(
      fc.property(anyReport, fc.constantFrom('audience', 'sent', 'heldOut'), (report, field) => {
        expect(addsUp({ ...report, [field]: report[field as 'sent'] + 1 })).toBe(false);
      }),
    );
    expect(addsUp({ audience: 1, sent: 1, heldOut: 0, refused: { 'no-consent': 1 } })).toBe(false);
  });
});
