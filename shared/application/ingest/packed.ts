import { MESSAGE_BYTES, type Message } from '../../contracts/messages.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';

/** JSON of ASCII is one byte a character; other text takes up to three, so it is counted thrice. */
const bytesAtMost = (text: string): number => {
  let bytes = 0;
  for (let index = 0; index < text.length; index += 1) bytes += text.charCodeAt(index) < 128 ? 1 : 3;
  return bytes;
};

/** Packs events into as few messages as their size allows, since the bus and the queue bill by message. */
export function packed(events: readonly AcceptedEvent[]): Message[] {
  const groups: AcceptedEvent[][] = [];
  let room = 0;
  for (const event of events) {
    const bytes = bytesAtMost(JSON.stringify(event)) + 1;
    const current = groups.at(-1);
    if (current === undefined || bytes > room) {
      groups.push([event]);
      room = MESSAGE_BYTES - bytes;
    } else {
      current.push(event);
      room -= bytes;
    }
  }
  return groups.map((group) => ({ name: 'events.accepted', detail: { events: group } }));
}
