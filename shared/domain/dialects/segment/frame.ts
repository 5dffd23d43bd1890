import type { Ids } from '../../events/event.ts';
import { InvalidInput } from '../../kernel/errors.ts';
import { instantIn } from '../instants.ts';
import { firstText, objectIn, stated, type Told } from '../told.ts';
import type { Surroundings } from './surroundings.ts';

/** What every event of a message has in common. */
export interface Frame {
  readonly id: string;
  readonly occurredAt: string;
  readonly sentAt?: string;
  readonly ids: Ids;
}

/**
 * `originalTimestamp` and `sentAt` are read off the sender's clock; the door corrects the one by the other, as
 * Segment does. A message that says no time happened when it was sent, or came.
 */
export function frameOf(message: Told, { receivedAt, id, ...batch }: Surroundings): Frame {
  const sentAt = instantIn(message, 'sentAt') ?? batch.sentAt;
  return {
    id: firstText(message, 'messageId') ?? id,
    occurredAt:
      instantIn(message, 'originalTimestamp') ?? instantIn(message, 'timestamp') ?? sentAt ?? receivedAt,
    ...stated({ sentAt }),
    ids: idsOf(message),
  };
}

/** Traits of the message itself or of its context: SDKs put them into the one for identify, into the other else. */
export const traitsOf = (message: Told): Told => ({
  ...objectIn(objectIn(message['context'])['traits']),
  ...objectIn(message['traits']),
});

/** Many shops take the e-mail address for the user's id; then it is an address, as tills know it. */
function idsOf(message: Told): Ids {
  const said =
    message['type'] === 'group' ? objectIn(objectIn(message['context'])['traits']) : traitsOf(message);
  const user = firstText(message, 'userId');
  const address = firstText(said, 'email');
  const isAddress =
    user?.includes('@') === true && (address === undefined || address.toLowerCase() === user.toLowerCase());
  return stated({
    member: isAddress ? undefined : user,
    phone: firstText(said, 'phone'),
    email: isAddress ? user : address,
    device: firstText(message, 'anonymousId'),
  });
}

/** Messages about a person have to name one. */
export function requireSomebody({ ids }: Frame): void {
  if (Object.keys(ids).length > 0) return;
  throw new InvalidInput(
    'identifier-missing',
    'userId',
    'userId: is missing, and anonymousId too; send at least one of them',
  );
}
