import { keys, saleWaitedFor } from '../../contracts/keys.ts';
import type { Aggregate } from '../../domain/customers/aggregate.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Item, Table } from '../../ports/table.ts';
import { hasWaitingReturns } from './audit-cases.ts';
import { auditFacts, factsOf, isMarker, markerIn } from './audit-facts.ts';
import {
  addMoney,
  countsFacts,
  type Finding,
  type Found,
  type Money,
  moneyOf,
  noMoney,
} from './audit-record.ts';
import { everyItem } from './every-item.ts';
import { aggregateOf } from './read-customer.ts';
import { isAwaited } from './sale-case-item.ts';

/** What a stage's records say of themselves. */
export interface Audit {
  readonly facts: number;
  readonly markers: number;
  /** Records of customers and of strangers. */
  readonly records: number;
  /** Minor units: all facts added up anew, and all records. */
  readonly money: { readonly facts: Money; readonly records: Money };
  readonly findings: Readonly<Partial<Record<Finding, number>>>;
  /** The first few of each finding. */
  readonly samples: readonly Found[];
}

interface Deps {
  readonly table: Table;
}

const SAMPLES_EACH = 5;
const MARKERS_AT_ONCE = 1_000;

/**
 * Checks that the records hold together: each is what its facts add up to, each fact has its names, each name its
 * fact. For a copy, or a stage at rest: what changes between two reads looks like a finding.
 */
export async function auditRecords({ table }: Deps): Promise<Audit> {
  const findings = findingsBook();
  const facts = await auditFacts(table, findings.note);
  const records = await readRecords(table);
  // Counts tell whether there is anything to look for; looking costs a read each.
  if (records.withFacts !== facts.records) await noteRecordsWithoutFacts(table, findings.note);
  if (facts.rightMarkers !== facts.markers) await noteMarkersWithoutFact(table, findings.note);
  return {
    facts: facts.facts,
    markers: facts.markers,
    records: records.records,
    money: { facts: facts.money, records: records.money },
    ...findings.told(),
  };
}

/** The money follows from the rest; that it is added up by another way is the check of the check. */
export const isSound = ({ findings, money: { facts, records } }: Audit): boolean =>
  Object.keys(findings).length === 0 &&
  facts.gross === records.gross &&
  facts.returned === records.returned &&
  facts.adjustments === records.adjustments;

/** Counts all findings and keeps the first few of each: a broken copy may have millions. */
function findingsBook() {
  const findings: Partial<Record<Finding, number>> = {};
  const samples: Found[] = [];
  return {
    note: (found: Found): void => {
      const count = (findings[found.finding] ?? 0) + 1;
      findings[found.finding] = count;
      if (count <= SAMPLES_EACH) samples.push(found);
    },
    told: (): Pick<Audit, 'findings' | 'samples'> => ({ findings, samples }),
  };
}

interface RecordTally {
  records: number;
  withFacts: number;
  money: Money;
}

async function readRecords(table: Table): Promise<RecordTally> {
  const tally: RecordTally = { records: 0, withFacts: 0, money: noMoney };
  for await (const { subject, aggregate } of everyRecord(table)) {
    if (saleWaitedFor(subject) === undefined) tally.records += 1;
    if (countsFacts(aggregate)) tally.withFacts += 1;
    tally.money = addMoney(tally.money, moneyOf(aggregate));
  }
  return tally;
}

async function* everyRecord(table: Table): AsyncIterable<{ subject: string; aggregate: Aggregate }> {
  for await (const item of everyItem(table, 'customers')) {
    if (item.sk === keys.aggregate('').sk) yield { subject: item.pk, aggregate: aggregateOf(item) };
  }
}

async function noteRecordsWithoutFacts(table: Table, note: (found: Found) => void): Promise<void> {
  for await (const { subject, aggregate } of everyRecord(table)) {
    if (!countsFacts(aggregate)) continue;
    const sale = saleWaitedFor(subject);
    const isFounded =
      sale === undefined
        ? !(await factsOf(table, subject).next()).done
        : await hasWaitingReturns(table, sale);
    if (!isFounded) note({ finding: 'facts-missing', of: subject });
  }
}

async function noteMarkersWithoutFact(table: Table, note: (found: Found) => void): Promise<void> {
  let waiting: Item[] = [];
  for await (const item of everyItem(table, 'facts')) {
    if (isMarker(item) && !isAwaited(item)) waiting.push(item);
    if (waiting.length < MARKERS_AT_ONCE) continue;
    await noteStrays(table, waiting, note);
    waiting = [];
  }
  await noteStrays(table, waiting, note);
}

/** Reads the facts of each record once, however many of its names are asked for. */
async function noteStrays(
  table: Table,
  markers: readonly Item[],
  note: (found: Found) => void,
): Promise<void> {
  for (const [subject, own] of groupBy(markers, (item) => markerIn(item).subject)) {
    const names = new Set<string>();
    for await (const fact of factsOf(table, subject)) for (const name of fact.keys) names.add(name);
    for (const { pk } of own) if (!names.has(pk)) note({ finding: 'marker-without-fact', of: pk });
  }
}
