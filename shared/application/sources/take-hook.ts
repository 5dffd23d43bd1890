import { keys } from '../../contracts/keys.ts';
import type { HookAnswer } from '../../contracts/source-schemas.ts';
import type { Delivery } from '../../domain/dialects/webhook.ts';
import { NotProven } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { IngestDeps } from '../ingest/accept-events.ts';
import { dialectFor, type Shops } from './dialects.ts';
import { prover } from './prove.ts';
import { secretUse } from './secrets.ts';
import { findSource } from './source-store.ts';
import { NOTHING, taker } from './take-message.ts';
import { type HookMessage, readable, type TranslateDeps, translator } from './translate.ts';

export type HookDeps = IngestDeps & TranslateDeps;

/** How long a delivery is known by its name. */
const REMEMBERED_SECONDS = 30 * 86_400;

/**
 * Takes a call of somebody's webhook. What proves itself is never answered with an error of its own making, since
 * shops switch off webhooks that fail: what cannot be taken waits in quarantine and is told in the answer. Throws
 * NotProven alike for a source that is not there, and errors that a second attempt may overcome.
 */
export function takeHook(deps: HookDeps) {
  const prove = prover(deps);
  const noteUse = secretUse(deps);
  const take = taker(deps, translator(deps));
  return async (id: string, delivery: Delivery): Promise<HookAnswer> => {
    // Answered alike whether the source is there or not.
    if (Object.values(deps.shops).some((shop) => shop?.isTrial?.(delivery) === true)) return NOTHING;
    const source = await findSource(deps.table, id);
    const secret = await prove(source, delivery);
    if (source === undefined || secret === undefined) throw new NotProven(NOT_PROVEN);
    await noteUse(source.id, secret);
    const said = saidBy(deps.shops, source, delivery);
    if (said === undefined) return NOTHING;
    const place = said.delivery === undefined ? undefined : placeOf(deps, source, said.delivery);
    if (place !== undefined && (await deps.table.get(place)) !== undefined)
      return { ...NOTHING, status: 'duplicate' };
    const answer = await take(source, said, delivery.body);
    // What was refused may be sent again once its mapping was mended.
    if (place !== undefined && answer.refused.length === 0) {
      const receivedAt = deps.clock();
      const expires = Math.floor(Date.parse(receivedAt) / 1_000) + REMEMBERED_SECONDS;
      await deps.table.commit([{ put: place, value: { receivedAt }, expires }]);
    }
    return answer;
  };
}

const NOT_PROVEN =
  'No living secret of a source of this name made this signature. Sign the bytes of the body as they are sent.';

const placeOf = ({ keyring }: HookDeps, { id }: Source, name: string) =>
  keys.delivery(id, keyring.secretDigest(name).slice(0, 32));

/** What is said around the body; undefined where a shop only tries whether somebody is there. */
function saidBy(shops: Shops, source: Source, delivery: Delivery): Omit<HookMessage, 'body'> | undefined {
  const headers = readable(source, delivery.headers);
  if (source.kind === 'webhook') {
    const { deliveryHeader } = source;
    return {
      headers,
      delivery: deliveryHeader === undefined ? undefined : nameIn(delivery.headers[deliveryHeader]),
    };
  }
  const dialect = dialectFor(shops, source);
  const topic = dialect?.topic(delivery);
  return topic === undefined
    ? undefined
    : { topic, headers, delivery: nameIn(dialect?.deliveryId(delivery)) };
}

/** An empty header names nothing, and least of all every delivery alike. */
const nameIn = (header: string | undefined): string | undefined => header?.trim() || undefined;
