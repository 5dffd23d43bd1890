import fc from 'fast-check';
import type { CustomerView } from '../../../../../shared/domain/customers/view.ts';
import { rfmCells } from '../../../../../shared/domain/insight/score.ts';
import type { Rule } from '../../../../../shared/domain/segments/registry.ts';
import { aCustomer, aCustomerId } from '../../../../builders/a-customer.ts';

/** Customers of whom more or less is known. */
export const anyCustomer: fc.Arbitrary<CustomerView> = fc
  .record({
    n: fc.nat(10_000),
    purchases: fc.array(fc.record({ ago: fc.nat(390), sales: fc.nat(9_000) }), { maxLength: 3 }),
    email: fc.constantFrom('granted' as const, 'withdrawn' as const, undefined),
    enrolledAt: fc.constantFrom('2025-06-01T10:00:00.000Z', undefined),
    language: fc.constantFrom('nl', 'en', undefined),
    score: fc.option(
      fc.record({
        cell: fc.constantFrom(...rfmCells),
        probability: fc.double({ min: 0, max: 1, noNaN: true }),
      }),
      { nil: undefined },
    ),
  })
  .map(({ n, purchases, email, enrolledAt, language, score }) =>
    aCustomer({
      id: aCustomerId(n),
      purchases,
      consent: email === undefined ? {} : { email },
      aggregate: {
        ...(enrolledAt === undefined ? {} : { enrolledAt }),
        traits:
          language === undefined ? {} : { language: { value: language, at: '2026-01-01T00:00:00.000Z' } },
      },
      ...(score === undefined
        ? {}
        : {
            score: {
              rfm: { recency: 3, frequency: 3, monetary: 3, cell: score.cell },
              churn: { probability: score.probability, band: 'low' as const, reasons: [] },
            },
          }),
    }),
  );

const leaf: fc.Arbitrary<Rule> = fc.oneof(
  fc.constant({ everyone: true } as const),
  fc.record({ trait: fc.constantFrom('recencyDays', 'ageDays', 'spent', 'orders'), atLeast: fc.nat(5_000) }),
  fc.record({ trait: fc.constantFrom('recencyDays', 'spent', 'averageOrder'), atMost: fc.nat(5_000) }),
  fc.record({ trait: fc.constant('churn.probability'), atLeast: fc.double({ min: 0, max: 1, noNaN: true }) }),
  fc.record({ trait: fc.constant('rfm.cell'), in: fc.subarray([...rfmCells], { minLength: 1 }) }),
  fc.record({ trait: fc.constant('consent.email'), is: fc.constantFrom('granted', 'withdrawn', 'unknown') }),
  fc.record({ trait: fc.constant('enrolled'), is: fc.boolean() }),
  fc.record({ trait: fc.constantFrom('language', 'recencyDays', 'churn.band'), exists: fc.boolean() }),
  fc.record({
    random: fc.double({ min: 0.01, max: 1, noNaN: true }),
    seed: fc.constantFrom('spring', 'autumn'),
  }),
);

/** Rules of every operator, at most four deep. */
export const anyRule: fc.Arbitrary<Rule> = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    leaf,
    fc.record({ and: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('rule') }),
  ),
})).rule;
