import * as z from 'zod';
import type { Grant } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import { roles } from '../../contracts/route.ts';
import { KeyLabel } from '../../domain/events/receipt.ts';
import { complaint } from '../../domain/kernel/complaint.ts';
import { InvalidInput, NotFound, TooManyConflicts } from '../../domain/kernel/errors.ts';
import { Slug } from '../../domain/kernel/ids.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';
import { type AccessKey, idOfDigest, type KeptKey, keptIn, keyKinds, told } from './access-key.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

const MOST_NAME_CHARACTERS = 128;
const MOST_STORES = 100;

const NewKey = z.strictObject({
  kind: z.enum(keyKinds),
  grant: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('source'),
      name: Slug,
      stores: z.array(KeyLabel).min(1, 'takes at least one store').max(MOST_STORES).readonly().optional(),
    }),
    z.strictObject({
      kind: z.literal('person'),
      name: z.string().trim().min(1).max(MOST_NAME_CHARACTERS),
      roles: z.array(z.enum(roles)).min(1, 'takes at least one role').readonly(),
    }),
  ]),
  expiresAt: z.iso
    .datetime({
      offset: true,
      error: 'takes a date and time with its offset, for example 2027-01-01T00:00:00Z',
    })
    .optional(),
});

/** What a key shall be; `grantKey` checks all of it when it runs, so that words of a command line may be passed on. */
export type NewKey = z.input<typeof NewKey>;

export interface GrantedKey {
  readonly key: AccessKey;
  /** What a bearer key sends, or a signing key signs with. Told here; no list tells it. */
  readonly secret: string;
}

/**
 * Makes a key beside those that its owner has already. Rotation is to grant the second, move the till over
 * to it, and revoke the first.
 */
export const grantKey =
  ({ table, keyring, clock }: Deps) =>
  async (wanted: NewKey): Promise<GrantedKey> => {
    const createdAt = clock();
    const { kind, grant, expiresAt } = checked(wanted, createdAt);
    const secret = `${grant.kind === 'source' ? 'write' : 'access'}_${keyring.newSecret()}`;
    const digest = keyring.secretDigest(secret);
    const id = idOfDigest(digest);
    const kept: KeptKey = {
      kind,
      grant,
      createdAt,
      ...(expiresAt === undefined ? {} : { expiresAt }),
      ...(kind === 'bearer' ? { digest } : {}),
    };
    const { ok } = await table.commit([{ put: keys.accessKey(id), value: { ...kept }, if: 'absent' }]);
    if (!ok) throw new TooManyConflicts(`The key '${id}'`);
    return { key: told(id, kept), secret: kind === 'bearer' ? secret : keyring.signingSecret(id) };
  };

function checked(wanted: NewKey, now: string): z.output<typeof NewKey> {
  const parsed = NewKey.safeParse(wanted);
  if (!parsed.success) throw complaint(parsed.error, [], 'the key');
  const { kind, grant, expiresAt } = parsed.data;
  // A signature covers the body alone: one over an empty body would open every call that has none.
  if (kind === 'signing' && grant.kind === 'person') {
    throw new InvalidInput(
      'signing-is-for-sources',
      'grant',
      'grant: signing keys are for sources; give a person a bearer key',
    );
  }
  if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.parse(now)) {
    throw new InvalidInput(
      'expires-in-past',
      'expiresAt',
      `expiresAt: ${expiresAt} has passed; it is ${now}`,
    );
  }
  return parsed.data;
}

/**
 * Lets in a key that was made elsewhere, such as by the files of one machine. Doing it again changes nothing
 * but the grant; a key that was revoked stays revoked.
 */
export const admitKey =
  ({ table, keyring, clock }: Deps) =>
  async (key: string, grant: Grant): Promise<void> => {
    const digest = keyring.secretDigest(key);
    const place = keys.accessKey(idOfDigest(digest));
    const known = await table.get(place);
    const value = { kind: 'bearer', digest, createdAt: clock(), ...known?.value, grant };
    // Where somebody came in between, that one admitted or revoked the same key, and it stands.
    await table.commit([
      { put: place, value, if: known === undefined ? 'absent' : { version: known.version } },
    ]);
  };

/** Every key that ever was, oldest first. */
export const listKeys =
  ({ table }: Pick<Deps, 'table'>) =>
  async (): Promise<readonly AccessKey[]> => {
    const found: AccessKey[] = [];
    for await (const item of everyItemOf(table, { table: 'control', pk: keys.accessKey('').pk }))
      found.push(told(item.sk, keptIn(item)));
    return found.toSorted((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt));
  };

/** Shuts a key out for ever: at once, and within a minute where a running host let it in before. */
export const revokeKey =
  ({ table, clock }: Pick<Deps, 'table' | 'clock'>) =>
  async (id: string): Promise<AccessKey> => {
    const item = await table.get(keys.accessKey(id));
    if (item === undefined) throw new NotFound('key', id);
    const kept: KeptKey = { revokedAt: clock(), ...keptIn(item) };
    // Without a condition: whatever else happens to this key at the same time, it is revoked.
    await table.commit([{ put: keys.accessKey(id), value: { ...kept } }]);
    return told(id, kept);
  };
