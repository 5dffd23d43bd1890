import type { Warning } from '../../contracts/event-schemas.ts';
import { catalogue, type EventType } from '../../domain/events/catalogue.ts';
import type { Ids } from '../../domain/events/event.ts';
import { type Identifier, normalise, type Reading } from '../../domain/identity/normalise.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import { identifierWarning } from './identifier-warning.ts';
import { namesNobody } from './names-nobody.ts';

interface Related {
  readonly related: Identifier | undefined;
  readonly warnings: readonly Warning[];
}

const NOBODY: Related = { related: undefined, warnings: [] };

/**
 * The strongest identifier of whom an event takes beside the customer; only of types that take somebody. Throws
 * InvalidInput: `related-missing`, `related-to-self`.
 */
export function readRelated(
  type: EventType,
  relatedIds: Ids | null | undefined,
  own: readonly Identifier[],
  reading: Reading,
): Related {
  const { related: who }: { related?: string } = catalogue[type];
  if (who === undefined) return NOBODY;
  const { identifiers, refused } = normalise(relatedIds ?? {}, reading);
  const [strongest] = identifiers;
  const warnings = refused.map((one) => identifierWarning('relatedIds', one));
  if (strongest === undefined) throw namesNobody('related-missing', 'relatedIds', who, refused);
  const same = identifiers.find(({ kind, value }) =>
    own.some((id) => id.kind === kind && id.value === value),
  );
  if (same !== undefined)
    throw new InvalidInput(
      'related-to-self',
      `relatedIds.${same.kind}`,
      `relatedIds.${same.kind}: is the customer's own; it takes ${who}, who is somebody else`,
    );
  return { related: strongest, warnings };
}
