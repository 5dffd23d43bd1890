import fc from 'fast-check';
import type { EventOf } from '../../shared/domain/events/event.ts';
import type {
  Correction,
  Refund,
  SaleCase,
  SaleHead,
  SoldPart,
} from '../../shared/domain/returns/sale-case.ts';
import { anEvent, profile } from './an-event.ts';

const START = Date.parse('2024-06-01T08:00:00Z');

const instant = fc
  .integer({ min: 0, max: 900 * 24 })
  .map((hours) => new Date(START + hours * 3_600_000).toISOString());

const line = fc.record({
  sku: fc.constantFrom('TEA', 'MUG'),
  quantity: fc.constantFrom(1, 2, 3, 0.5, 1.25),
  unitPrice: fc.integer({ min: 0, max: 2_000 }),
  category: fc.constantFrom('tea', 'ware', undefined),
  line: fc.constantFrom(undefined, undefined, 'a', 2),
});

const lines = fc.array(
  fc
    .tuple(line, fc.constantFrom(0, 0, 0.1, 0.5))
    .map(([one, off]) => ({ ...one, discount: Math.floor(one.quantity * one.unitPrice * off) })),
  { minLength: 1, maxLength: 3 },
);

const people = fc.constantFrom(profile('ada'), profile('bob'), profile('cleo'));

const head = { store: 'ams-01', terminal: 'till-1', receipt: '7' };

const sold = fc.array(fc.tuple(lines, people, instant), { maxLength: 3 }).map((parts): SoldPart[] =>
  parts.map(([some, subject, occurredAt], index) => ({
    subject,
    event: anEvent('sale.recorded', {
      occurredAt,
      profile: subject,
      data: { ...head, lines: some, part: index + 1 },
    }),
  })),
);

/** Edited up to three times, by somebody known or not, in the end maybe in another category. */
const corrections = fc
  .array(fc.tuple(lines, fc.option(people), instant, fc.constantFrom('web', 'store')), { maxLength: 3 })
  .map((some): Correction[] =>
    some.map(([own, who, occurredAt, channel], index) => {
      const event = anEvent('receipt.corrected', {
        occurredAt,
        data: { ...head, channel, lines: own, revision: index + 1 },
      });
      const { profile: _somebody, ...stranger } = event;
      if (who === null) return { subject: `till/${event.day}`, event: stranger };
      return { subject: who, event: { ...event, profile: who } };
    }),
  );

/** Lines, money beside them or without any, or the whole sale, for an amount or for what it cost. */
const claimed = fc.oneof(
  { weight: 5, arbitrary: lines.map((own): object => ({ lines: own })) },
  { weight: 1, arbitrary: lines.map((own): object => ({ lines: own, amount: 300 })) },
  { weight: 1, arbitrary: fc.constantFrom(1, 250).map((amount): object => ({ lines: undefined, amount })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom(undefined, undefined, 500)
      .map((amount) => ({ lines: undefined, whole: true, amount })),
  },
);

const returns = fc
  .array(fc.tuple(claimed, people, instant, fc.constantFrom('ams-01', 'ams-02')), { maxLength: 5 })
  .map((some): EventOf<'return.recorded'>[] =>
    some.map(([own, who, occurredAt, store], index) =>
      anEvent('return.recorded', {
        occurredAt,
        profile: who,
        data: { store, receipt: `back-${index}`, ...own, sale: head },
      }),
    ),
  );

/** The goods that came back in an exchange on this very receipt, or another return under its number. */
const refunds = fc
  .array(fc.tuple(lines, people, instant, fc.boolean()), { maxLength: 2 })
  .map((some): Refund[] =>
    some.map(([own, who, occurredAt, named], index) => ({
      subject: who,
      event: anEvent('return.recorded', {
        occurredAt,
        profile: who,
        data: {
          ...head,
          part: index + 1,
          lines: own,
          sale: named ? { ...head, receipt: 'another' } : undefined,
        },
      }),
    })),
  );

type Void = SaleCase['voids'][number];
export const voidOf = ({ store, terminal, receipt }: SaleHead, occurredAt?: string): Void =>
  anEvent('sale.voided', {
    ...(occurredAt === undefined ? {} : { occurredAt }),
    data: { store, terminal, receipt },
  });

/** The receipts of some of its returns were voided. */
const withVoidedReturns = (one: SaleCase): fc.Arbitrary<SaleCase> =>
  fc.tuple(fc.subarray([...one.returns]), instant).map(([some, at]) => ({
    ...one,
    returnVoids: some.map(({ data }) => voidOf(data, at)),
  }));

/**
 * A sale that came in up to three parts or not at all, up to five returns that name it, maybe corrections, voids, and
 * goods that came back on the receipt itself.
 */
export const saleCases = (): fc.Arbitrary<SaleCase> =>
  fc
    .record({
      sold,
      corrections: fc.oneof(fc.constant([]), corrections),
      returns,
      refunds: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, refunds),
      voids: fc.oneof(
        { weight: 3, arbitrary: fc.constant([]) },
        instant.map((at) => [voidOf(head, at)]),
      ),
      returnVoids: fc.constant([]),
    })
    .chain((one) => fc.oneof({ weight: 2, arbitrary: fc.constant(one) }, withVoidedReturns(one)));

/** An event that joins a case. */
export type Arrival = {
  readonly [Role in keyof SaleCase]: {
    readonly role: Role;
    readonly subject: string;
    readonly told: SaleCase[Role][number];
  };
}[keyof SaleCase];

export const arrivalsOf = ({
  sold,
  corrections,
  returns,
  refunds,
  voids,
  returnVoids,
}: SaleCase): Arrival[] => [
  ...sold.map((told) => ({ role: 'sold', subject: told.subject, told }) as const),
  ...corrections.map((told) => ({ role: 'corrections', subject: told.subject, told }) as const),
  ...returns.map((told) => ({ role: 'returns', subject: String(told.profile), told }) as const),
  ...refunds.map((told) => ({ role: 'refunds', subject: told.subject, told }) as const),
  ...voids.map((told) => ({ role: 'voids', subject: 'a till', told }) as const),
  ...returnVoids.map((told) => ({ role: 'returnVoids', subject: 'a till', told }) as const),
];

export const arriving = (known: SaleCase, { role, told }: Arrival): SaleCase => ({
  ...known,
  [role]: [...known[role], told],
});

export const eventOf = ({ told }: Arrival) => ('event' in told ? told.event : told);
