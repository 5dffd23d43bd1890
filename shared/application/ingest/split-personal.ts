import { catalogue, type Happening } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { personalFields } from '../../domain/events/member.ts';
import type { Identifier } from '../../domain/identity/normalise.ts';

/** A payload without what is personal, and that by field of the vault. */
export interface Split {
  readonly data: AcceptedEvent['data'];
  readonly personal: Readonly<Record<string, string>>;
}

/** The field of the vault that holds, as JSON, what was said of a person and nobody defined. */
const MORE = 'more';

/**
 * Takes what is personal out of an event about a person: everything but what its definition lets be seen,
 * and the addresses it came with. What nobody defined is taken for personal.
 */
export function splitPersonal({ type, data }: Happening, identifiers: readonly Identifier[]): Split {
  const { impersonal }: { impersonal?: readonly string[] } = catalogue[type];
  if (impersonal === undefined) return { data, personal: {} };
  const fields = Object.entries(data);
  const seen = fields.filter(([name]) => impersonal.includes(name));
  const hidden = fields.filter(([name, value]) => !impersonal.includes(name) && value !== undefined);
  const known = hidden.filter(([name]) => isPersonalField(name));
  const more = hidden.filter(([name]) => !isPersonalField(name));
  const addresses = identifiers.filter(({ kind }) => kind !== 'device');
  return {
    data: Object.fromEntries(seen) as AcceptedEvent['data'],
    personal: {
      ...Object.fromEntries(known.map(([name, value]) => [name, textOf(value)])),
      ...(more.length === 0 ? {} : { [MORE]: JSON.stringify(Object.fromEntries(more)) }),
      ...Object.fromEntries(addresses.map(({ kind, value }) => [kind, value])),
    },
  };
}

const isPersonalField = (name: string): boolean => personalFields.some((field) => field === name);

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
