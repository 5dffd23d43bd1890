import { catalogue, type Happening } from '../../domain/events/catalogue.ts';
import { type AcceptedEvent, MOST_ID } from '../../domain/events/event.ts';
import { canonicalJson } from '../../domain/kernel/canonical.ts';
import { complaint } from '../../domain/kernel/complaint.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import { saidIn, splitPersonal } from './split-personal.ts';

/**
 * An event that the door had taken and the fold set aside, as somebody mended it: under another id, or with other
 * `data`. To whom it happened, when, and what is sealed of it stays. Throws InvalidInput.
 */
export function reviseAccepted(
  keyring: Keyring,
  event: AcceptedEvent,
  mended: Readonly<Record<string, unknown>>,
): AcceptedEvent {
  const { type, id: before } = event;
  if (mended['type'] !== type)
    throw new InvalidInput(
      'invalid-field',
      'type',
      `type: stays ${type}; discard this one to tell another thing`,
    );
  const parsed = catalogue[type].data.safeParse(mended['data'] ?? event.data);
  if (!parsed.success) throw complaint(parsed.error, ['data']);
  const data = parsed.data as AcceptedEvent['data'];
  refusePersonal({ type, data } as Happening, before);
  const natural = naturalKeyOf(type, data);
  const said = idIn(mended['id']) ?? before;
  const own = said !== before || event.keys.includes(`event/${before}`) ? said : undefined;
  const [first, ...others] = [
    ...(own === undefined ? [] : [`event/${own}`]),
    ...(natural === undefined ? [] : [natural]),
  ];
  const name = own ?? natural;
  if (name === undefined || first === undefined)
    throw new InvalidInput('id-missing', 'id', 'id: is needed, any text that is unique for ever');
  return {
    ...event,
    id: name,
    data,
    ...(event.sealed === undefined ? {} : { sealed: renamed(event.sealed, before, name) }),
    keys: [first, ...others],
    // Hangs on what was told first, so that mending the same thing twice in the same way is a second telling.
    digest: keyring.secretDigest(canonicalJson({ of: event.digest, id: name, data })),
  } as AcceptedEvent;
}

/** What is personal is sealed at the door; here it would go on in the clear. */
function refusePersonal(happening: Happening, id: string): void {
  const { data } = splitPersonal(happening, [], id);
  const personal = Object.entries(happening.data).find(
    ([name, value]) => value !== undefined && !Object.hasOwn(data, name),
  );
  if (personal === undefined) return;
  const path = `data.${personal[0]}`;
  throw new InvalidInput(
    'invalid-field',
    path,
    `${path}: is personal and stays as it was sealed; leave it out, or discard this one and send it anew`,
  );
}

/** The words of an event are found by its id: under another one they must not take the place of others. */
const renamed = (
  sealed: NonNullable<AcceptedEvent['sealed']>,
  before: string,
  name: string,
): NonNullable<AcceptedEvent['sealed']> =>
  Object.fromEntries(
    Object.entries(sealed).map(([field, text]) => [field === saidIn(before) ? saidIn(name) : field, text]),
  );

function idIn(id: unknown): string | undefined {
  if (id === undefined) return undefined;
  if (typeof id === 'string' && id.trim() !== '' && id.length <= MOST_ID) return id.trim();
  throw new InvalidInput('invalid-field', 'id', `id: takes text of 1 to ${MOST_ID} characters`);
}

function naturalKeyOf(type: AcceptedEvent['type'], data: AcceptedEvent['data']): string | undefined {
  const { naturalKey }: { naturalKey?: (data: never) => string | undefined } = catalogue[type];
  return naturalKey?.(data as never);
}
