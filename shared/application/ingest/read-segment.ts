import type { StageSettings } from '../../contracts/stage.ts';
import { translate } from '../../domain/dialects/segment/translate.ts';
import type { RawEvent } from '../../domain/import/raw-event.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { MOST_LEVELS } from './read-incoming.ts';

interface Deps {
  readonly keyring: Keyring;
  readonly stage: StageSettings;
}

interface Told {
  readonly receivedAt: string;
  /** Of the batch around it. */
  readonly sentAt?: string | undefined;
}

/** Reads one message of Segment's libraries; throws InvalidInput. The same message received at the same time gives the same events. */
export const segmentReader =
  ({ keyring, stage }: Deps) =>
  (message: unknown, { receivedAt, sentAt }: Told): readonly RawEvent[] => {
    if (isDeeperThan(MOST_LEVELS, message)) throw tooDeep();
    return translate(message, {
      receivedAt,
      // The libraries name every message; one by hand is told again only by chance in the same millisecond.
      id: `segment-${keyring.secretDigest(`${receivedAt} ${canonicalJson(message)}`).slice(0, 32)}`,
      currency: stage.currency,
      ...(sentAt === undefined ? {} : { sentAt }),
    });
  };

const tooDeep = (): InvalidInput =>
  new InvalidInput(
    'event-too-deep',
    '',
    `The message has more than ${MOST_LEVELS} lists or objects within each other; flatten it`,
  );
