import { MARKETING } from '../events/consent-changed.ts';
import type { AcceptedEvent, EventOf } from '../events/event.ts';
import type { ProfileId } from '../kernel/ids.ts';
import type { Aggregate } from './aggregate.ts';

export const isAboutMarketing = ({ data }: EventOf<'consent.changed'>): boolean =>
  (data.purpose ?? MARKETING) === MARKETING;

/** The kind of identifier that a channel writes to. */
const addressOf = { email: 'email', sms: 'phone' } as const;

/** The address that nobody may write to any more, where one came with the event. */
export function closedAddress(event: AcceptedEvent): ProfileId | undefined {
  if (event.type !== 'message.stopped' || event.data.kind === 'unsubscribed') return undefined;
  const kind = addressOf[event.data.channel];
  return [event.profile, ...(event.linked ?? [])].find((id) => id?.startsWith(`${kind}_`));
}

/** Who unsubscribes speaks for every address; and where nobody says which one is meant, none may be used. */
export const objectionIn = (event: EventOf<'message.stopped'>): Aggregate['consent'] =>
  closedAddress(event) === undefined
    ? { [event.data.channel]: { status: 'withdrawn', at: event.occurredAt } }
    : {};
