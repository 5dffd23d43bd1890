import { catalogue, type EventType } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { lift } from '../../domain/events/read-event.ts';
import { dayFromIso, daysBefore, isoFromDay } from '../../domain/kernel/day.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';

/** A folder a day of receipt, UTC. */
export const archiveFolder = (day: string): string => `archive/${day}/`;

/** The days on which anything of a window was received; `to` is exclusive. */
export function* archivedDays(from: string, to: string): Generator<string> {
  const last = dayFromIso(new Date(Date.parse(to) - 1).toISOString().slice(0, 10));
  const first = dayFromIso(new Date(Date.parse(from)).toISOString().slice(0, 10));
  for (let day = first; day <= last; day = daysBefore(day, -1)) yield isoFromDay(day);
}

/** A line of the archive in today's version; undefined where nobody can read it. */
export function readArchived(line: string): AcceptedEvent | undefined {
  try {
    const event = JSON.parse(line) as AcceptedEvent;
    const definition = Object.hasOwn(catalogue, event.type) ? catalogue[event.type as EventType] : undefined;
    if (definition === undefined || !(event.keys?.length > 0)) return undefined;
    if (event.version === definition.version) return event;
    const data = lift(definition, event.data as Record<string, unknown>, event.version);
    return { ...event, version: definition.version, data } as unknown as AcceptedEvent;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidInput || error instanceof TypeError)
      return undefined;
    throw error;
  }
}
