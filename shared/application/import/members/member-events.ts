import type { Key } from '../../../contracts/key.ts';
import { keys } from '../../../contracts/keys.ts';
import type { StageSettings } from '../../../contracts/stage.ts';
import type { Ids } from '../../../domain/events/event.ts';
import { normalise, type RefusedIdentifier } from '../../../domain/identity/normalise.ts';
import type { Said } from '../../../domain/import/members/said.ts';
import type { RawEvent } from '../../../domain/import/raw-event.ts';
import { canonicalJson } from '../../../domain/kernel/canonical.ts';
import type { ProfileId } from '../../../domain/kernel/ids.ts';
import type { Keyring } from '../../../ports/keyring.ts';

/** A line whose person is known by at least one identifier. */
export interface Identified {
  readonly said: Said;
  /** Normalised, strongest first. */
  readonly ids: Ids;
  /** The profiles of the identifiers, in their order. */
  readonly profiles: readonly [ProfileId, ...ProfileId[]];
  /** What the line is about: equal for lines that speak of the same. */
  readonly about: string;
  /** Keyed digest of everything that the line says. */
  readonly digest: string;
}

interface Identification {
  readonly refused: readonly RefusedIdentifier[];
  readonly identified?: Identified;
}

/** Which profiles a line speaks of; none where no identifier can be read. */
export function identify(keyring: Keyring, stage: StageSettings, said: Said): Identification {
  const { identifiers, refused } = normalise(said.ids, stage);
  const [first, ...others] = identifiers.map(({ kind, value }) => keyring.profileId(kind, value));
  if (first === undefined) return { refused };
  const ids = Object.fromEntries(identifiers.map(({ kind, value }) => [kind, value]));
  const { details, enrolledAt, saidAt, consents } = said;
  return {
    refused,
    identified: {
      said,
      ids,
      profiles: [first, ...others],
      about: said.about === undefined ? first : keyring.secretDigest(said.about).slice(0, 40),
      digest: keyring.secretDigest(canonicalJson({ ids, details, enrolledAt, saidAt, consents })),
    },
  };
}

/**
 * The events of a line, with ids that come from what it says: the same line makes the same events. What has no
 * time of its own was so when the file was written.
 */
export function memberEvents(
  keyring: Keyring,
  { said, ids, profiles, about, digest }: Identified,
  writtenAt: string,
): RawEvent[] {
  const [strongest] = profiles;
  const name = (...pieces: readonly string[]): string =>
    `import/${keyring.secretDigest(canonicalJson([strongest, ...pieces])).slice(0, 40)}`;
  const own: Ids = Object.fromEntries(Object.entries(ids).slice(0, 1));
  const { enrolledAt, saidAt = writtenAt, details, consents } = said;
  const hasMore = Object.keys(details).length > 0 || profiles.length > 1 || enrolledAt === undefined;
  return [
    ...(enrolledAt === undefined
      ? []
      : [
          {
            id: name('enrolled', enrolledAt),
            type: 'member.enrolled',
            occurredAt: enrolledAt,
            ids: own,
            data: {},
          } as const,
        ]),
    ...(hasMore
      ? [
          {
            id: name('updated', about, digest, saidAt),
            type: 'member.updated',
            occurredAt: saidAt,
            ids,
            data: details,
          } as const,
        ]
      : []),
    ...consents.map(({ channel, status, evidence, at = saidAt }) => ({
      id: name('consent', channel, status, evidence, at),
      type: 'consent.changed' as const,
      occurredAt: at,
      ids: own,
      data: { channel, status, evidence: { note: evidence } },
    })),
  ];
}

/** Where it is kept what a file last said. */
export const lastSaidKey = ({ said, profiles, about }: Identified): Key =>
  keys.imported(profiles[0], said.about === undefined ? 'members' : about);
