import { keys } from '../../contracts/keys.ts';
import { Conflict, NotFound } from '../../domain/kernel/errors.ts';
import { MOST_SECRETS } from '../../domain/sources/source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';
import { changeSource, type KeptSecret, type KeptSource, ownerOf } from './source-store.ts';

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
  readonly clock: Clock;
}

const ID_CHARACTERS = 10;

const existing = (source: KeptSource | undefined, id: string): KeptSource => {
  if (source === undefined) throw new NotFound('source', id);
  return source;
};

/** Adds a secret beside the one that lives; `given` is the shop's own, without it one is made and told this once. */
export const addSecret =
  ({ table, keyring, clock }: Deps) =>
  async (id: string, given: string | undefined) => {
    const secret = given ?? keyring.newSecret();
    const kept: KeptSecret = {
      id: keyring.newSecret().replaceAll(/[-_]/g, 'x').slice(0, ID_CHARACTERS),
      sealed: '',
      createdAt: clock(),
    };
    await changeSource(table, id, async (before) => {
      const source = existing(before, id);
      if (source.secrets.length >= MOST_SECRETS) throw tooMany();
      const sealed = await keyring.seal(ownerOf(id), secret);
      return { ...source, secrets: [...source.secrets, { ...kept, sealed }] };
    });
    return {
      id: kept.id,
      createdAt: kept.createdAt,
      ...(given === undefined ? { secret } : {}),
    };
  };

export const revokeSecret =
  ({ table }: Pick<Deps, 'table'>) =>
  async (id: string, secret: string): Promise<void> => {
    await changeSource(table, id, (before) => {
      const source = existing(before, id);
      const left = source.secrets.filter((one) => one.id !== secret);
      if (left.length === source.secrets.length) throw new NotFound('secret', secret);
      return { ...source, secrets: left };
    });
    await table.commit([{ remove: keys.secretUse(id, secret) }]);
  };

/** Shuts a source out: without its key not even a backup tells its secrets. */
export const removeSource =
  ({ table, keyring }: Pick<Deps, 'table' | 'keyring'>) =>
  async ({ id, secrets }: KeptSource): Promise<void> => {
    await table.commit([
      { remove: keys.source(id) },
      { remove: keys.shopPoll(id) },
      { remove: keys.shopPollProgress(id) },
      ...secrets.map((secret) => ({ remove: keys.secretUse(id, secret.id) })),
    ]);
    await keyring.forget(ownerOf(id));
  };

const tooMany = (): Conflict =>
  new Conflict(
    `The source has ${MOST_SECRETS} secrets; revoke the one that is no longer used, then add this`,
  );

/** When each secret was last used, by `<source>/<secret>`. */
export async function secretUses(table: Table): Promise<ReadonlyMap<string, string>> {
  const uses = new Map<string, string>();
  for await (const { sk, value } of everyItemOf(table, { table: 'control', pk: keys.secretUse('', '').pk }))
    uses.set(sk, String(value['at']));
  return uses;
}

/** Notes that a secret was used, once an hour in each process, so that nobody revokes the one that is in use. */
export const secretUse = ({ table, clock }: Pick<Deps, 'table' | 'clock'>) => {
  const noted = new Map<string, string>();
  return async (source: string, secret: string): Promise<void> => {
    const at = clock();
    const [name, hour] = [`${source}/${secret}`, at.slice(0, 13)];
    if (noted.get(name) === hour) return;
    await table.commit([{ put: keys.secretUse(source, secret), value: { at } }]);
    noted.set(name, hour);
  };
};
