import type { Warning } from '../../contracts/event-schemas.ts';
import { historyStartDay, type StageSettings } from '../../contracts/stage.ts';
import { inWordsOf, nativeOf } from '../../domain/dialects/cloud-events.ts';
import { catalogue, type Happening } from '../../domain/events/catalogue.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import { isHistory, type Quiet, type Release } from '../../domain/events/quiet.ts';
import { expandEvent, readEvent } from '../../domain/events/read-event.ts';
import { normalise } from '../../domain/identity/normalise.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { calendar } from '../../domain/kernel/day.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { refuseLargeEvent } from './batch-limits.ts';
import { identifierWarning } from './identifier-warning.ts';
import { refuseOfNobody } from './names-nobody.ts';
import { readRelated } from './read-related.ts';
import { refuseFarClose } from './refuse-close.ts';
import { splitPersonal } from './split-personal.ts';

/** An event that was understood, with what must not travel in the clear beside it. */
export interface ReadEvent {
  readonly event: AcceptedEvent;
  readonly personal: Readonly<Record<string, string>>;
  readonly warnings: readonly Warning[];
}

/** How an event comes, beside its words. */
export interface Coming {
  readonly quiet?: Quiet | undefined;
  readonly released?: Release;
}

/** Clocks of tills drift; a day ahead is a clock, not the future. */
const FUTURE_TOLERANCE_MS = 24 * 3_600_000;

/** No zone is so far ahead of UTC that a day begins earlier there. */
const FARTHEST_EAST_MS = 24 * 3_600_000;

/** Lists and objects within each other; real events have three or four, and JSON.stringify ends at some thousands. */
export const MOST_LEVELS = 32;

/**
 * Returns the function that turns one raw item into accepted events, or throws InvalidInput: one event, or those that
 * it is made of.
 */
export const eventReader = ({
  keyring,
  stage,
}: {
  readonly keyring: Keyring;
  readonly stage: StageSettings;
}) => {
  const dayOf = calendar(stage.zone);
  const firstDay = historyStartDay(stage);
  const earliest = Date.parse(stage.historyStart) - FARTHEST_EAST_MS;

  const readOne = (
    raw: unknown,
    source: string,
    receivedAt: string,
    { quiet, released }: Coming,
  ): ReadEvent => {
    const { envelope, happening, naturalKey, told: said } = readEvent(raw);
    refuseCurrency(happening, stage.currency);
    const { identifiers, refused } = normalise(envelope.ids, stage);
    const [profile, ...linked] = identifiers.map(({ kind, value }) => keyring.profileId(kind, value));
    const other = readRelated(happening.type, envelope.relatedIds, identifiers, stage);
    const related = other.related && keyring.profileId(other.related.kind, other.related.value);
    const occurredAt = corrected(envelope.occurredAt, envelope.sentAt, receivedAt);
    // Instants before days: a year before our era has no date that could be compared.
    const isTooEarly = Date.parse(occurredAt) < earliest || dayOf(occurredAt) < firstDay;
    refuseTime(
      { occurredAt, receivedAt, bySentAt: envelope.sentAt !== undefined },
      isTooEarly,
      stage.historyStart,
    );
    const id = envelope.id ?? required(naturalKey);
    const day = dayOf(occurredAt);
    refuseFarClose(happening, day);
    refuseOfNobody(happening.type, identifiers, refused);
    const { data, personal } = splitPersonal(happening, identifiers, id);
    const told = {
      type: happening.type,
      at: new Date(envelope.occurredAt).toISOString(),
      profile,
      linked,
      related,
      data: said,
    };

    const event = {
      id,
      type: happening.type,
      version: catalogue[happening.type].version,
      occurredAt,
      day,
      receivedAt,
      source,
      ...(profile === undefined ? {} : { profile }),
      ...(linked.length === 0 ? {} : { linked }),
      ...(related === undefined ? {} : { related }),
      keys: namesOf(envelope.id, naturalKey),
      digest: keyring.secretDigest(canonicalJson(told)),
      ...quietWhere(quiet, isHistory(occurredAt, released?.at ?? receivedAt)),
      ...(released === undefined ? {} : { released }),
      data,
      // `data` is the checked payload of this type less its personal fields, which are optional in it.
    } as AcceptedEvent;
    const warnings = [...refused.map((one) => identifierWarning('ids', one)), ...other.warnings];
    return { event, personal, warnings };
  };

  return (item: unknown, source: string, receivedAt: string, coming: Coming = {}): readonly ReadEvent[] => {
    refuseDeep(item);
    refuseLargeEvent(item);
    return inWordsOf(item, () =>
      expandEvent(nativeOf(item)).map((raw) => readOne(raw, source, receivedAt, coming)),
    );
  };
};

const quietWhere = (told: Quiet | undefined, isOld: boolean): { quiet?: Quiet } => {
  const quiet = told ?? (isOld ? 'backfill' : undefined);
  return quiet === undefined ? {} : { quiet };
};

function refuseDeep(item: unknown): void {
  if (!isDeeperThan(MOST_LEVELS, item)) return;
  throw new InvalidInput(
    'event-too-deep',
    '',
    `The event has more than ${MOST_LEVELS} lists or objects within each other; flatten it`,
  );
}

function refuseCurrency({ data }: Happening, currency: string): void {
  if (!('currency' in data) || data.currency === undefined) return;
  if (String(data.currency).toUpperCase() === currency) return;
  throw new InvalidInput(
    'foreign-currency',
    'data.currency',
    `data.currency: this stage keeps ${currency}, not ${String(data.currency)}; convert it or send it to its own stage`,
  );
}

/** The sender's clock is off by as much as its `sentAt` differs from our receipt of it. */
function corrected(occurredAt: string, sentAt: string | undefined, receivedAt: string): string {
  const skew = sentAt === undefined ? 0 : Date.parse(receivedAt) - Date.parse(sentAt);
  return new Date(Date.parse(occurredAt) + skew).toISOString();
}

interface Moment {
  readonly occurredAt: string;
  readonly receivedAt: string;
  /** It is not what was sent, but what `sentAt` made of it. */
  readonly bySentAt: boolean;
}

function refuseTime(
  { occurredAt, receivedAt, bySentAt }: Moment,
  tooEarly: boolean,
  historyStart: string,
): void {
  const told = `occurredAt: ${occurredAt}${bySentAt ? ', corrected by sentAt,' : ''}`;
  const way = bySentAt ? 'send both by the same clock' : 'set the clock of the sender';
  if (tooEarly) {
    throw new InvalidInput(
      'occurred-too-early',
      'occurredAt',
      `${told} is before ${historyStart}, where history starts here; ${way}`,
    );
  }
  if (Date.parse(occurredAt) > Date.parse(receivedAt) + FUTURE_TOLERANCE_MS) {
    throw new InvalidInput(
      'occurred-in-future',
      'occurredAt',
      `${told} is more than a day ahead; ${bySentAt ? way : `${way}, or send sentAt by the same clock`}`,
    );
  }
}

const required = (naturalKey: string | undefined): string => {
  if (naturalKey !== undefined) return naturalKey;
  throw new InvalidInput(
    'id-missing',
    'id',
    'id: is needed for this type, any text of up to 128 characters that is unique for ever, for example a UUID',
  );
};

/** The sender's id and the natural key, each once. */
const namesOf = (id: string | undefined, naturalKey: string | undefined): AcceptedEvent['keys'] => {
  if (id === undefined) return [required(naturalKey)];
  const named = `event/${id}`;
  return naturalKey === undefined || naturalKey === id ? [naturalKey ?? named] : [named, naturalKey];
};
