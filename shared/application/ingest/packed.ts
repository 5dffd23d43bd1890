import { MESSAGE_BYTES, type Message } from '../../contracts/messages.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { tillEventOf } from '../../domain/feeds/store-feed.ts';
import { utf8Length } from '../../domain/kernel/utf8.ts';
import { isFact } from '../customers/commit-room.ts';

/** Packs events into as few messages as their size allows, since the bus and the queue bill by message. */
export function packed(events: readonly AcceptedEvent[]): Message[] {
  const groups: AcceptedEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = utf8Length(JSON.stringify(event)) + 1;
    const current = groups.at(-1);
    if (current === undefined || bytes > room) {
      groups.push([event]);
      room = MESSAGE_BYTES - bytes;
    } else {
      current.push(event);
      room -= bytes;
    }
  }
  return groups.map((group) => ({
    name: 'events.accepted',
    detail: { ...(group.some(isOfTill) ? { about: 'tills' } : {}), events: group },
  }));
}

const isOfTill = (event: AcceptedEvent): boolean => isFact(event) && tillEventOf(event) !== undefined;
