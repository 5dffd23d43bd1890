import type { Warning } from '../../contracts/event-schemas.ts';
import type { RefusedIdentifier } from '../../domain/identity/normalise.ts';

/** What is said of an identifier that was left out. */
export const identifierWarning = (
  field: 'ids' | 'relatedIds',
  { code, kind, detail }: RefusedIdentifier,
): Warning => ({
  code,
  path: `${field}.${kind}`,
  detail: `${field}.${kind} ${detail}; the event was kept without it`,
});
