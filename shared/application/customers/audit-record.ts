import { type Aggregate, combine, nobody } from '../../domain/customers/aggregate.ts';
import { fold } from '../../domain/customers/measure.ts';
import { isCounted } from '../../domain/customers/sightings.ts';
import { noSignals } from '../../domain/customers/signals.ts';
import { toStored } from '../../domain/customers/stored-aggregate.ts';
import { totalsOf } from '../../domain/customers/totals.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';

/** What can be wrong, by code. */
export type Finding =
  /** Facts stand, and no record counts them. */
  | 'record-missing'
  /** The record says something else than its facts add up to. */
  | 'record-differs'
  /** The record counts facts, and none stand. */
  | 'facts-missing'
  /** A fact would be taken a second time. */
  | 'marker-missing'
  /** A name leads to another record or another content than the fact that has it. */
  | 'marker-differs'
  /** A name is taken, and no fact has it. */
  | 'marker-without-fact';

/** What is wrong, and with whose record or which name: ids, never contents. */
export interface Found {
  readonly finding: Finding;
  readonly of: string;
}

/** Minor units, over all records or all facts. */
export interface Money {
  readonly gross: number;
  readonly returned: number;
  readonly adjustments: number;
}

export const noMoney: Money = { gross: 0, returned: 0, adjustments: 0 };

export const addMoney = (a: Money, b: Money): Money => ({
  gross: a.gross + b.gross,
  returned: a.returned + b.returned,
  adjustments: a.adjustments + b.adjustments,
});

export const moneyOf = (aggregate: Aggregate): Money => {
  const { gross, returned } = totalsOf(aggregate);
  return { gross, returned, adjustments: aggregate.adjustments };
};

export interface Marker {
  readonly subject: string;
  readonly digest: string;
}

/** The facts of one record, and what they are to be compared with. */
export interface RecordUnderAudit {
  readonly subject: string;
  readonly facts: readonly AcceptedEvent[];
  /** What returns undo of its sales. */
  readonly undone: Aggregate;
  readonly aggregate: Aggregate | undefined;
  readonly marker: (name: string) => Marker | undefined;
}

export interface RecordAudit {
  readonly money: Money;
  /** Names that lead to these facts, as they should. */
  readonly markers: number;
  readonly found: readonly Found[];
}

/** Folds the facts again and compares. */
export function auditRecord({ subject, facts, undone, aggregate, marker }: RecordUnderAudit): RecordAudit {
  const again = combine(fold(nobody, facts), undone);
  const digests = new Map(facts.flatMap(({ keys, digest }) => keys.map((name) => [name, digest])));
  const found: Found[] = [];
  if (aggregate === undefined) found.push({ finding: 'record-missing', of: subject });
  else if (!agrees(aggregate, again)) found.push({ finding: 'record-differs', of: subject });
  let markers = 0;
  for (const [name, digest] of digests) {
    const finding = judgeMarker(marker(name), { subject, digest });
    if (finding === undefined) markers += 1;
    else found.push({ finding, of: name });
  }
  return { money: moneyOf(again), markers, found };
}

function judgeMarker(found: Marker | undefined, wanted: Marker): Finding | undefined {
  if (found === undefined) return 'marker-missing';
  return found.subject === wanted.subject && found.digest === wanted.digest ? undefined : 'marker-differs';
}

/** Signals leave no facts, but move the times and links of a record; all else must be the same to the cent. */
export function agrees(aggregate: Aggregate, again: Aggregate): boolean {
  const { firstSeen = '', lastSeen = '', links } = aggregate;
  return (
    factual(aggregate) === factual(again) &&
    firstSeen <= (again.firstSeen ?? '') &&
    lastSeen >= (again.lastSeen ?? '') &&
    isCounted(again.links, links)
  );
}

const factual = ({ firstSeen: _first, lastSeen: _last, ...aggregate }: Aggregate): string =>
  canonicalJson(toStored({ ...aggregate, signals: noSignals, links: {} }));

/** Signals alone leave nothing behind that could be compared. */
export const countsFacts = (aggregate: Aggregate): boolean => factual(aggregate) !== factual(nobody);
