import { catalogue, type EventType } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { MOST_WRITES } from '../../ports/table.ts';

/** New events of one record. */
export interface RecordEvents {
  readonly subject: string;
  readonly events: readonly AcceptedEvent[];
}

export const isFact = ({ type }: AcceptedEvent): boolean => catalogue[type].class === 'fact';

export const isSignal = ({ type }: AcceptedEvent): boolean => catalogue[type].class === 'signal';

/** About no customer: archived, and folded nowhere. */
export const isNotice = ({ type }: AcceptedEvent): boolean => catalogue[type].class === 'notice';

/** The fact, its names, its fields for the vault; signals change only the aggregate. */
const writesFor = (event: AcceptedEvent): number =>
  isFact(event)
    ? 1 + event.keys.length + Object.keys(event.sealed ?? {}).length + (BESIDE[event.type] ?? 0)
    : 0;

/** An address that closes; a call-back that is due or made, and one that the record lets go for it; households. */
const BESIDE: Partial<Record<EventType, number>> = {
  'message.stopped': 1,
  'complaint.recorded': 2,
  'callback.made': 2,
  'ticket.closed': 2,
  'household.changed': 2,
};

/**
 * Groups records whose changes fit into one commit, since a commit costs far more than what is in it. A
 * record that alone is too much stands alone. Two records that claim one name come into different groups,
 * so that the second meets the first.
 */
export function commitGroups(records: Iterable<RecordEvents>): RecordEvents[][] {
  const groups: RecordEvents[][] = [];
  let room = 0;
  let names = new Set<string>();
  for (const record of records) {
    const needed = 1 + record.events.reduce((sum, event) => sum + writesFor(event), 0);
    const own = record.events.flatMap((event) => event.keys);
    const group = groups.at(-1);
    if (group === undefined || needed > room || own.some((name) => names.has(name))) {
      groups.push([record]);
      room = MOST_WRITES - needed;
      names = new Set(own);
    } else {
      group.push(record);
      room -= needed;
      for (const name of own) names.add(name);
    }
  }
  return groups;
}

/** As many events of one record as fit into a commit beside its aggregate, and those that wait for the next. */
export function splitForCommit(events: readonly AcceptedEvent[]): {
  readonly now: readonly AcceptedEvent[];
  readonly later: readonly AcceptedEvent[];
} {
  let room = MOST_WRITES - 1;
  const end = events.findIndex((event) => {
    room -= writesFor(event);
    return room < 0;
  });
  return end === -1 ? { now: events, later: [] } : { now: events.slice(0, end), later: events.slice(end) };
}
