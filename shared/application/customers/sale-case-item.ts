import type { Key } from '../../contracts/key.ts';
import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { casesOf, namedSale, receiptOf, type SaleCase } from '../../domain/returns/sale-case.ts';
import type { Item, Value } from '../../ports/table.ts';

/** Leads to a fact: its subject, when it happened, its id. */
export type Pointer = readonly [subject: string, at: string, id: string];
/** And to the case of the sale that it names. */
type RefundPointer = readonly [...Pointer, sale?: string];

/** What leads to the facts of a case, by what they are to it. */
export type CaseLists = Readonly<Record<keyof SaleCase, readonly (Pointer | RefundPointer)[]>>;

/**
 * The case of a receipt stands in the marker of its first part, so that a receipt of which nothing more is told costs
 * nothing more. The first part itself has the digest; what came before it does without.
 */
interface CaseItem {
  readonly digest?: string;
  readonly subject?: string;
  /** Of a sale: where its first part stands. */
  readonly at?: string;
  readonly id?: string;
  readonly parts?: readonly Pointer[];
  readonly corrections?: readonly Pointer[];
  readonly returns?: readonly Pointer[];
  readonly refunds?: readonly RefundPointer[];
  readonly voids?: readonly Pointer[];
  readonly returnVoids?: readonly Pointer[];
}

const caseIn = (value: Value | undefined): CaseItem => (value ?? {}) as CaseItem;

/** True where something of the receipt is corrected or undone, once it is there. */
export function isContested(value: Value | undefined): boolean {
  const { corrections, returns, voids } = caseIn(value);
  return corrections !== undefined || returns !== undefined || voids !== undefined;
}

export const countReturns = (value: Value | undefined): number => caseIn(value).returns?.length ?? 0;
export const countCorrections = (value: Value | undefined): number => caseIn(value).corrections?.length ?? 0;

/** True of a marker that stands for others until its own event comes. */
export const isAwaited = ({ value }: Item): boolean => caseIn(value).digest === undefined;

/** True of a marker whose own event, if it came, is no sale. */
export const isUnsold = ({ value }: Item): boolean => caseIn(value).at === undefined;

/** The sales that goods came back of under this number. */
export const salesReturnedUnder = (value: Value | undefined): readonly string[] => [
  ...new Set(caseIn(value).refunds?.flatMap(([, , , sale]) => sale ?? [])),
];

/** The first part leads to its fact as well, for those who come to return something. */
const soldIn = (name: string, { subject, at, id = name, parts = [] }: CaseItem): readonly Pointer[] =>
  subject === undefined || at === undefined ? parts : [[subject, at, id], ...parts];

/** Where that stands what others than these told of the receipt afterwards: corrections, returns, voids. */
export function factsOfOthers(head: Item | undefined, own: readonly string[]): Key[] {
  const { corrections = [], returns = [], voids = [], returnVoids = [] } = caseIn(head?.value);
  return [...corrections, ...returns, ...voids, ...returnVoids]
    .filter(([subject]) => !own.includes(subject))
    .map(([subject, at, id]) => keys.fact(subject, at, id));
}

/** Every fact that the case is made of, under the name of its list. */
export function listsIn(name: string, value: Value | undefined): CaseLists {
  const item = caseIn(value);
  const { corrections = [], returns = [], refunds = [], voids = [], returnVoids = [] } = item;
  return { sold: soldIn(name, item), corrections, returns, refunds, voids, returnVoids };
}

/** The marker of a name once this event has it, or belongs to its case. */
export function markerWith(
  value: Value | undefined,
  name: string,
  subject: string,
  event: AcceptedEvent,
): Value {
  const own = event.keys.includes(name) ? { digest: event.digest, subject } : {};
  return { ...value, ...own, ...(isOfCase(name, event) ? joined(caseIn(value), name, subject, event) : {}) };
}

/** A void joins the cases of the returns that it undoes as well, under names that are none of its own. */
const isOfCase = (name: string, event: AcceptedEvent): boolean =>
  casesOf(event).includes(name) || (event.type === 'sale.voided' && !event.keys.includes(name));

function joined(item: CaseItem, name: string, subject: string, event: AcceptedEvent): CaseItem {
  const { occurredAt: at, id } = event;
  const onto = (list: keyof CaseItem & `${string}s`, ...more: string[]): CaseItem => ({
    [list]: [...(item[list] ?? []), [subject, at, id, ...more]],
  });
  switch (event.type) {
    case 'sale.recorded':
      if (event.data.part !== 1) return onto('parts');
      return id === name ? { at } : { at, id };
    case 'receipt.corrected':
      return onto('corrections');
    case 'return.recorded': {
      const sale = namedSale(event);
      if (sale === name) return onto('returns');
      return sale === undefined ? onto('refunds') : onto('refunds', sale);
    }
    case 'sale.voided':
      return onto(receiptOf(event) === name ? 'voids' : 'returnVoids');
    default:
      return {};
  }
}

/** The marker without what a later word makes needless. */
export const withoutCorrections = (value: Value, ids: readonly string[]): Value => ({
  ...value,
  corrections: caseIn(value).corrections?.filter(([, , id]) => !ids.includes(id)),
});

/** The marker of a sale once it knows the voids of a return's receipt. */
export function withVoidsOf(value: Value, refund: Value | undefined): Value {
  const { returnVoids: known = [] } = caseIn(value);
  const news = caseIn(refund).voids?.filter(([, , id]) => !known.some((one) => one[2] === id)) ?? [];
  return news.length === 0 ? value : { ...value, returnVoids: [...known, ...news] };
}
