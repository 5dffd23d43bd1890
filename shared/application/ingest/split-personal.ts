import { catalogue, type Happening } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { personalFields } from '../../domain/events/member.ts';
import type { Identifier } from '../../domain/identity/normalise.ts';

/** A payload without what is personal, and that by field of the vault. */
export interface Split {
  readonly data: AcceptedEvent['data'];
  readonly personal: Readonly<Record<string, string>>;
}

/** The field of the vault that holds, as JSON, what was said in an event and may hold anything. */
export const saidIn = (id: string): string => `said#${id}`;

/** The field of the vault that holds, as JSON, what was said of a person and nobody defined. */
const MORE = 'more';

/**
 * Takes what is personal out of an event about a person: everything but what its definition lets be seen,
 * and the addresses it came with. What nobody defined is taken for personal.
 */
export function splitPersonal(
  { type, data }: Happening,
  identifiers: readonly Identifier[],
  id: string,
): Split {
  const { impersonal, said }: { impersonal?: readonly string[]; said?: true } = catalogue[type];
  if (impersonal === undefined) return { data, personal: {} };
  const fields = Object.entries(data);
  const seen = fields.filter(([name]) => impersonal.includes(name));
  const hidden = fields.filter(([name, value]) => !impersonal.includes(name) && value !== undefined);
  if (said)
    return { data: dataOf(seen), personal: hidden.length === 0 ? {} : { [saidIn(id)]: jsonOf(hidden) } };
  const known = hidden.filter(([name]) => isPersonalField(name));
  const more = hidden.filter(([name]) => !isPersonalField(name));
  const addresses = identifiers.filter(({ kind }) => kind !== 'device');
  return {
    data: dataOf(seen),
    personal: {
      ...Object.fromEntries(known.map(([name, value]) => [name, textOf(value)])),
      ...(more.length === 0 ? {} : { [MORE]: jsonOf(more) }),
      ...Object.fromEntries(addresses.map(({ kind, value }) => [kind, value])),
    },
  };
}

type Fields = readonly (readonly [string, unknown])[];

const dataOf = (fields: Fields): AcceptedEvent['data'] => Object.fromEntries(fields) as AcceptedEvent['data'];

const jsonOf = (fields: Fields): string => JSON.stringify(Object.fromEntries(fields));

const isPersonalField = (name: string): boolean => personalFields.some((field) => field === name);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
