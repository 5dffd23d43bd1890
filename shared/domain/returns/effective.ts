import { type Aggregate, combine, nobody } from '../customers/aggregate.ts';
import { negated } from '../customers/difference.ts';
import { goodsOf } from '../customers/measure.ts';
import type { EventOf } from '../events/event.ts';
import { canonicalJson } from '../kernel/canonical.ts';
import type { Day } from '../kernel/day.ts';
import type { Correction, SaleCase, SoldPart } from './sale-case.ts';

/** A part as it was sold, or the whole receipt as it should have been. */
export type Standing = SoldPart<EventOf<'sale.recorded'> | EventOf<'receipt.corrected'>>;

/**
 * What stands as sold: the highest revision, else the sale itself in the order of its parts. A correction counts on
 * the day of the sale, and for the record of whom it names; one that names nobody leaves the sale where it is. What was
 * taken in exchange stays so, whether or not the correction says it again.
 */
export function effectiveSale({ sold, corrections }: SaleCase): readonly Standing[] {
  const parts = [...sold].sort((a, b) => a.event.data.part - b.event.data.part);
  const [highest] = [...corrections].sort(byRevision);
  if (highest === undefined) return parts;
  const [first] = parts;
  if (first === undefined) return [highest];
  const subject = highest.event.profile === undefined ? first.subject : highest.subject;
  const { event } = highest;
  const { exchange } = first.event.data;
  const data = { ...event.data, ...(exchange === undefined ? {} : { exchange }) };
  return [{ subject, event: { ...event, day: first.event.day, data } }];
}

const byRevision = (a: Correction, b: Correction): number =>
  b.event.data.revision - a.event.data.revision || (a.event.id < b.event.id ? 1 : -1);

/** The ids of corrections whose content a higher one of the same record says again. */
export function restatedBy(corrections: readonly Correction[]): readonly string[] {
  const said = new Set<string>();
  return [...corrections].sort(byRevision).flatMap((one) => {
    const content = contentOf(one);
    if (said.has(content)) return [one.event.id];
    said.add(content);
    return [];
  });
}

/** All of it that counts, and for whom and when. */
function contentOf({ subject, event: { day, profile, data } }: Correction): string {
  const { revision: _which, reason: _why, sequence: _roll, ...content } = data;
  return canonicalJson({ subject, day, profile, content });
}

/** Everybody who may have sold by this sale, whatever of it was known first. */
export const sellersOf = ({ sold, corrections }: SaleCase): readonly string[] => [
  ...new Set([...sold, ...corrections].map(({ subject }) => subject)),
];

/**
 * Days and shares of nothing, which each correction leaves wherever it may have counted before more was known:
 * without them a record would tell in which order its events came.
 */
export function tracesOf({
  sold,
  corrections,
}: SaleCase): readonly (readonly [subject: string, Aggregate])[] {
  const sellers = [...new Set(sold.map(({ subject }) => subject))];
  const days = [...new Set(sold.map(({ event }) => event.day))];
  return corrections.flatMap(({ subject, event }) =>
    [...new Set([subject, ...(event.profile === undefined ? sellers : [])])].map(
      (one) => [one, [event.day, ...days].map((day) => traceOf(event, day)).reduce(combine, nobody)] as const,
    ),
  );
}

function traceOf(event: EventOf<'receipt.corrected'>, day: Day): Aggregate {
  const goods = goodsOf({ ...event, day });
  return combine(goods, negated(goods));
}
