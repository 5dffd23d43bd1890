import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { SaleCase } from '../../domain/returns/sale-case.ts';
import type { Item, Table, Value } from '../../ports/table.ts';
import { type CaseLists, listsIn, type Pointer } from './sale-case-item.ts';

/** Facts by what leads to them. */
export type Facts = ReadonlyMap<string, AcceptedEvent>;

type Pointers = CaseLists[keyof CaseLists];

/** A pointer may say more, which is not part of the name. */
const nameOf = ([subject, at, id]: readonly [...Pointer, ...unknown[]]): string =>
  JSON.stringify([subject, at, id]);

const pointersIn = (name: string, value: Value | undefined) => Object.values(listsIn(name, value)).flat();

export const withFact = (facts: Facts, subject: string, event: AcceptedEvent): Facts =>
  new Map([...facts, [nameOf([subject, event.occurredAt, event.id]), event]]);

/** Reads what the cases of these names are made of. What is missing is left out. */
export async function readFacts(
  table: Table,
  cases: readonly (readonly [name: string, value: Value | undefined])[],
): Promise<Facts> {
  const all = cases.flatMap(([name, value]) => pointersIn(name, value));
  const pointers = [...new Map(all.map((one) => [nameOf(one), one] as const))];
  const items = await table.getMany(pointers.map(([, [subject, at, id]]) => keys.fact(subject, at, id)));
  return new Map(
    pointers.flatMap(([name], index) => {
      const fact = items[index]?.value;
      return fact === undefined ? [] : [[name, fact as unknown as AcceptedEvent] as const];
    }),
  );
}

/** The case as far as these facts stand. */
export function caseFrom(name: string, value: Value | undefined, facts: Facts): SaleCase {
  const { sold, corrections, returns, refunds, voids, returnVoids } = listsIn(name, value);
  // What is in a list is what the list says: only the fold writes there.
  const told = <E>(pointers: Pointers) =>
    pointers.flatMap((pointer) => {
      const event = facts.get(nameOf(pointer));
      return event === undefined ? [] : [{ subject: pointer[0], event: event as unknown as E }];
    });
  const events = <E>(pointers: Pointers) => told<E>(pointers).map(({ event }) => event);
  return {
    sold: told(sold),
    corrections: told(corrections),
    returns: events(returns),
    refunds: told(refunds),
    voids: events(voids),
    returnVoids: events(returnVoids),
  };
}

/** Facts never change and never go: that one is missing can only be damage. */
export function assertWhole(name: string, value: Value | undefined, facts: Facts): void {
  const missing = pointersIn(name, value).find((pointer) => !facts.has(nameOf(pointer)));
  if (missing !== undefined)
    throw new Error(`The fact ${missing[2]} is named by a receipt and cannot be read`);
}

/** The case that stands in a marker, as far as its facts do: for those who look for damage. */
export const readWhatStands = async (table: Table, { pk, value }: Item): Promise<SaleCase> =>
  caseFrom(pk, value, await readFacts(table, [[pk, value]]));
