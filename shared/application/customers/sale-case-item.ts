import type { Key } from '../../contracts/key.ts';
import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { hangsOnSale, noCase, type SaleCase, withEvent } from '../../domain/returns/sale-case.ts';
import type { Item, Table, Value } from '../../ports/table.ts';
import { markerValue } from './folded-record.ts';

/** Leads to a fact: its subject, when it happened, its id. */
type Pointer = readonly [subject: string, at: string, id: string];

/**
 * The case of a sale stands in the marker of its first part, so that a sale without returns costs nothing more. The
 * first part itself has the digest; what came before it does without.
 */
interface CaseItem {
  readonly digest?: string;
  readonly subject?: string;
  readonly at?: string;
  readonly id?: string;
  readonly parts?: readonly Pointer[];
  readonly corrections?: readonly Pointer[];
  readonly returns?: readonly Pointer[];
  readonly voids?: readonly Pointer[];
}

const caseIn = (head: Item | undefined): CaseItem => (head?.value ?? {}) as CaseItem;

/** True where something of the sale is corrected or undone, once it is there. */
export const isContested = (head: Item | undefined): boolean =>
  countReturns(head) > 0 || countCorrections(head) > 0 || caseIn(head).voids !== undefined;

export const countReturns = (head: Item | undefined): number => caseIn(head).returns?.length ?? 0;
export const countCorrections = (head: Item | undefined): number => caseIn(head).corrections?.length ?? 0;

/** True of a marker that stands for others until its own event comes. */
export const isAwaited = (marker: Item): boolean => caseIn(marker).digest === undefined;

/** True of a marker whose own event, if it came, is no sale. */
export const isUnsold = (marker: Item): boolean => caseIn(marker).at === undefined;

/** The first part, the other parts, the corrections, the returns, the voids. A marker without a time belongs to something that is no sale. */
function pointersIn(head: Item | undefined): readonly Pointer[] {
  const { subject, at, id, parts = [], corrections = [], returns = [], voids = [] } = caseIn(head);
  const isSold = head !== undefined && subject !== undefined && at !== undefined;
  const first = isSold ? [[subject, at, id ?? head.pk] as const] : [];
  return [...first, ...parts, ...corrections, ...returns, ...voids];
}

/** Where that stands what others than these told of the sale afterwards: corrections, returns, voids. */
export function factsOfOthers(head: Item | undefined, own: readonly string[]): Key[] {
  const { corrections = [], returns = [], voids = [] } = caseIn(head);
  return [...corrections, ...returns, ...voids]
    .filter(([subject]) => !own.includes(subject))
    .map(([subject, at, id]) => keys.fact(subject, at, id));
}

/** Reads the facts that a case is made of. Facts never change; that one is missing can only be damage. */
export async function readCase(table: Table, head: Item | undefined): Promise<SaleCase> {
  const { known, missing } = await readWhatStands(table, head);
  if (missing.length > 0) throw new Error(`The fact ${missing[0]} is named by a sale and cannot be read`);
  return known;
}

/** The case as far as its facts stand, and the ids of those that do not: for those who look for damage. */
export async function readWhatStands(
  table: Table,
  head: Item | undefined,
): Promise<{ readonly known: SaleCase; readonly missing: readonly string[] }> {
  const pointers = pointersIn(head);
  const facts = await table.getMany(pointers.map(([subject, at, id]) => keys.fact(subject, at, id)));
  const known = pointers.reduce((sum, [subject], index) => {
    const fact = facts[index];
    return fact === undefined ? sum : withEvent(sum, subject, fact.value as unknown as AcceptedEvent);
  }, noCase);
  return { known, missing: pointers.flatMap(([, , id], index) => (facts[index] === undefined ? [id] : [])) };
}

const lists = {
  'sale.recorded': 'parts',
  'receipt.corrected': 'corrections',
  'return.recorded': 'returns',
  'sale.voided': 'voids',
} as const;

/** The marker of the sale once this event belongs to its case. */
export function caseItemWith(
  head: Item | undefined,
  sale: string,
  subject: string,
  event: AcceptedEvent,
): Value {
  const before = caseIn(head);
  if (!hangsOnSale(event)) return { ...before, ...markerValue(sale, subject, event) };
  const pointer: Pointer = [subject, event.occurredAt, event.id];
  const list = lists[event.type as keyof typeof lists];
  return { ...before, [list]: [...(before[list] ?? []), pointer] };
}
