import { catalogue, type EventType } from '../../shared/domain/events/catalogue.ts';
import type { EventOf } from '../../shared/domain/events/event.ts';
import { calendar } from '../../shared/domain/kernel/day.ts';
import type { ProfileId } from '../../shared/domain/kernel/ids.ts';

let count = 0;
const dayOf = calendar('Europe/Amsterdam');

/** A profile id that is made of a readable name: profile('ada') is always the same. */
export const profile = (name: string, kind = 'member'): ProfileId =>
  `${kind}_${[...name.toLowerCase()]
    .filter((c) => /[a-z2-7]/.test(c))
    .join('')
    .padEnd(26, 'a')
    .slice(0, 26)}` as ProfileId;

type Overrides<T extends EventType> = Partial<Omit<EventOf<T>, 'type' | 'data'>> & {
  readonly data?: Readonly<Record<string, unknown>>;
};

/** A valid accepted event of that type; pass only what the test talks about. */
export function anEvent<T extends EventType>(
  type: T,
  { data = {}, ...frame }: Overrides<T> = {},
): EventOf<T> {
  count += 1;
  const id = frame.id ?? `evt-${count}`;
  const occurredAt = frame.occurredAt ?? '2026-03-14T10:15:00.000Z';
  const { version, sample, data: schema } = catalogue[type];
  return {
    id,
    type,
    version,
    occurredAt,
    day: dayOf(occurredAt),
    receivedAt: '2026-03-14T10:16:00.000Z',
    source: 'till',
    profile: profile('ada'),
    keys: [`event/${id}`],
    digest: `digest-of-${id}`,
    ...frame,
    data: schema.parse({ ...sample, ...data }),
    // The schema of this very type made the data; TypeScript cannot follow.
  } as unknown as EventOf<T>;
}

/** A sale of one line, of so many minor units. */
export const aSale = (
  amount: number,
  { data = {}, ...frame }: Overrides<'sale.recorded'> = {},
): EventOf<'sale.recorded'> =>
  anEvent('sale.recorded', {
    ...frame,
    data: { lines: [{ sku: 'TEA', quantity: 1, unitPrice: amount, category: 'tea' }], ...data },
  });

/** A return of one line without its receipt, unless the test names the sale. */
export const aReturn = (
  amount: number,
  { data = {}, ...frame }: Overrides<'return.recorded'> = {},
): EventOf<'return.recorded'> =>
  anEvent('return.recorded', {
    ...frame,
    data: {
      lines: [{ sku: 'TEA', quantity: 1, unitPrice: amount, category: 'tea' }],
      sale: undefined,
      ...data,
    },
  });
