import type * as z from 'zod';

export type Json = Record<string, unknown>;

/**
 * Facts are exactly-once in effect: kept, counted, never lost. Signals may be many: coalesced per
 * customer, de-duplicated within a bound, their raw form in the archive only. Notices are about no customer: they
 * change no record, and are archived for whoever reacts to them.
 */
export type EventClass = 'fact' | 'signal' | 'notice';

export interface EventDefinition<Type extends string, Data extends z.ZodType> {
  readonly type: Type;
  readonly class: EventClass;
  /** One sentence for the reference page. */
  readonly summary: string;
  /** The version producers write today; older ones are lifted by `upcast`. */
  readonly version: number;
  readonly data: Data;
  /** Lifts a payload of the given version to the next one. */
  readonly upcast?: Readonly<Record<number, (old: Json) => Json>>;
  /**
   * The name that the outside world gives the same thing, so that a second telling is recognised. Undefined where
   * this one has none, and needs an id.
   */
  readonly naturalKey?: (data: z.output<Data>) => string | undefined;
  /** What of the data makes that name, for the reference page; left out, what names a receipt. */
  readonly namedBy?: string;
  /**
   * Set where the event is about the person: the fields of `data` that may be seen. Every other one, known or
   * not, and the addresses among the ids go to the vault and nowhere else.
   */
  readonly impersonal?: readonly string[];
  /** Of a type that is told as one and kept as several others: these. The first has the sender's id, the others their natural names. */
  readonly expands?: (data: z.output<Data>) => readonly Piece[];
  /** Set beside it where the rest is what was said in this event, not who said it: kept under the event's id. */
  readonly said?: true;
  /** Set where it says something of one customer and nothing else: told of nobody it would change nothing, so it is refused. */
  readonly needsCustomer?: true;
  /** Set where it takes somebody else beside the customer, by `relatedIds`: who that is to them, for the reference page. */
  readonly related?: string;
  /** Valid payloads: documentation, fixture and catalogue test in one. */
  readonly sample: z.input<Data>;
  /** The same of every older version, as its producers wrote it, and what the next version changed. */
  readonly older?: Readonly<Record<number, { readonly sample: Json; readonly changed: string }>>;
}

export interface Piece {
  readonly type: string;
  readonly data: Json;
}

export const defineEvent = <const Type extends string, Data extends z.ZodType>(
  definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> => definition;
