import type { Handlers } from '../../contracts/handler.ts';
import { keys } from '../../contracts/keys.ts';
import type { SourceRoute } from '../../contracts/source-routes.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Table } from '../../ports/table.ts';
import { previewer } from './preview.ts';
import { addSecret, removeSource, revokeSecret, secretUses } from './secrets.ts';
import { changeSource, findSource, type KeptSource, listSources, readSource } from './source-store.ts';
import type { TranslateDeps } from './translate.ts';

type Deps = TranslateDeps & { readonly table: Table; readonly clock: Clock };

/** Answers the endpoints under /v1/sources. */
export function sourcesApi(deps: Deps): Handlers<SourceRoute> {
  const { table, mapper } = deps;
  const add = addSecret(deps);
  const revoke = revokeSecret(deps);
  const remove = removeSource(deps);
  const preview = previewer(deps);
  return {
    async listSources() {
      const [sources, uses] = await Promise.all([listSources(table), secretUses(table)]);
      return { body: { sources: sources.map((source) => told(source, uses)) } };
    },

    async getSource({ params: { id } }) {
      return { body: told(await readSource(table, id), await secretUses(table)) };
    },

    async putSource({ params: { id }, body }) {
      if (body.kind === 'webhook') await mapper.check(body.mapping);
      else {
        await refuseTwin(table, id, body);
        await refuseMove(table, id, body);
      }
      const source = await changeSource(table, id, (before) => ({
        ...body,
        id,
        secrets: before?.secrets ?? [],
      }));
      return { body: told(source, await secretUses(table)) };
    },

    async removeSource({ params: { id } }) {
      await remove(await readSource(table, id));
      return { body: { id, removed: true } };
    },

    addSourceSecret: async ({ params: { id }, body }) => ({ body: await add(id, body.secret) }),

    async revokeSourceSecret({ params: { id, secret } }) {
      await revoke(id, secret);
      return { body: { id: secret, revoked: true } };
    },

    async previewSource({ params: { id }, body }) {
      return { body: await preview(await readSource(table, id), body) };
    },
  };
}

/** Orders are known by their store, the shop's system and its own number, and many systems count from one. */
async function refuseTwin(table: Table, id: string, { kind, store }: Pick<Source, 'kind' | 'store'>) {
  const twin = (await listSources(table)).find(
    (one) => one.id !== id && one.kind === kind && one.store === store,
  );
  if (twin !== undefined)
    throw new InvalidInput(
      'store-taken',
      'body.store',
      `body.store: the source '${twin.id}' counts its orders under the store '${store}' already, and numbers of both would be taken for one another; give this one a store of its own`,
    );
}

/** What a shop tells of an order once more, when it is shipped or paid back, would be another order under another store. */
async function refuseMove(table: Table, id: string, { kind, store }: Pick<Source, 'kind' | 'store'>) {
  const before = await findSource(table, id);
  if (before === undefined || before.kind !== kind || before.store === store) return;
  const [uses, asked] = await Promise.all([secretUses(table), table.get(keys.shopPollProgress(id))]);
  if (asked === undefined && before.secrets.every((secret) => !uses.has(`${id}/${secret.id}`))) return;
  throw new InvalidInput(
    'store-in-use',
    'body.store',
    `body.store: orders of this shop are known under the store '${before.store}' and would count once more under '${store}'; leave it, or remove the source and set it up anew where nothing of it was counted yet`,
  );
}

/** As people may see it: of the secrets their ages, and when each was last used. */
const told = ({ secrets, ...source }: KeptSource, uses: ReadonlyMap<string, string>) => ({
  ...source,
  path: `/v1/hooks/${source.id}`,
  secrets: secrets.map(({ id, createdAt }) => {
    const lastUsedAt = uses.get(`${source.id}/${id}`);
    return { id, createdAt, ...(lastUsedAt === undefined ? {} : { lastUsedAt }) };
  }),
});
