import { httpFunction } from '../../../functions/_shell/http.ts';
import { log } from '../../../functions/_shell/log.ts';
import { queueFunction } from '../../../functions/_shell/queue.ts';
import { sha256 } from '../../../shared/adapters/crypto/sha256.ts';
import { foldEvents } from '../../../shared/application/customers/fold-events.ts';
import { watchFeeds } from '../../../shared/application/feeds/watch-feeds.ts';
import { authenticate } from '../../../shared/application/http/access.ts';
import { grantKey } from '../../../shared/application/http/manage-keys.ts';
import { archiveEvents } from '../../../shared/application/ingest/archive-events.ts';
import { ingestApi } from '../../../shared/application/ingest/ingest-api.ts';
import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import { segmentApi } from '../../../shared/application/ingest/segment-api.ts';
import { routes } from '../../../shared/contracts/routes.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Batch } from '../aws/queues.ts';
import { assumed } from '../reference.ts';
import { apiCallsOf, logBytesOf } from '../rules.ts';
import type { MeasuredStage } from './stage.ts';

/** One POST to /v1/events. */
export interface IngestCall {
  /** Epoch milliseconds. */
  readonly at: number;
  /** Who sends it; everybody has a write key of their own. */
  readonly source: string;
  readonly events: readonly object[];
}

/** The way in: door, bus, queues, fold and archive, by the handlers of the functions. */
export function ingest(stage: MeasuredStage) {
  const { table, bus, blob, clock, settings, lambda, queues, tally } = stage;
  const door = { table, keyring: stage.keyring(), clock };
  const taking = { ...door, bus, stage: settings, recent: recentKeys() };
  const accept = httpFunction('ingest/accept-events', routes, () => ({
    handlers: { ...ingestApi(taking), ...segmentApi(taking) },
    authenticate: authenticate(door),
  }));
  const fold = foldEvents({ ...door, stage: settings });
  const consumers: Readonly<Record<string, Handler>> = {
    'customers/fold-events': queueFunction('customers/fold-events', () => async (details) => {
      log('folded', { ...(await fold(details.flatMap(({ events }) => events))) });
    }),
    'ingest/archive-events': queueFunction('ingest/archive-events', () =>
      archiveEvents({ blob, digest: sha256 }),
    ),
    'ingest/watch-feeds': queueFunction('ingest/watch-feeds', () =>
      watchFeeds({ table, stage: settings, digest: sha256 }),
    ),
  };
  const keysOf = new Map<string, string>();

  const keyFor = async (source: string): Promise<string> => {
    const known = keysOf.get(source);
    if (known !== undefined) return known;
    const grant = grantKey({ ...stage.plain, clock });
    const { secret } = await grant({ kind: 'bearer', grant: { kind: 'source', name: source } });
    keysOf.set(source, secret);
    return secret;
  };

  const post = async ({ at, source, events }: IngestCall): Promise<void> => {
    const key = await keyFor(source);
    stage.setNow(at);
    const body = JSON.stringify({ events });
    tally.count('apiCalls', apiCallsOf(Buffer.byteLength(body)));
    tally.count('logBytes', logBytesOf([assumed.accessLog]));
    const answer = await lambda.invoke<{ statusCode: number; body: string }>('ingest/accept-events', accept, {
      routeKey: 'POST /v1/events',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body,
      isBase64Encoded: false,
      requestContext: {},
    });
    if (answer.statusCode !== 202 || answer.body.includes('"rejected"'))
      throw new Error(`The door answered ${answer.statusCode}: ${answer.body.slice(0, 300)}`);
  };

  const consume = async ({ consumer, at, bodies }: Batch): Promise<void> => {
    const handler = consumers[consumer];
    if (handler === undefined) throw new Error(`bench/cost does not know ${consumer}`);
    stage.setNow(at);
    const { batchItemFailures } = await lambda.invoke<{ batchItemFailures: unknown[] }>(consumer, handler, {
      Records: bodies.map((body, index) => ({ messageId: String(index), body })),
    });
    if (batchItemFailures.length > 0) throw new Error(`${consumer} gave messages back`);
  };

  /** Sends calls at their times, works through what follows from them, and waits for the last window to end. */
  return async (calls: readonly IngestCall[]): Promise<void> => {
    for (const call of calls) {
      for (const batch of queues.due(call.at)) await consume(batch);
      await post(call);
    }
    for (const batch of queues.due(Number.POSITIVE_INFINITY)) await consume(batch);
  };
}
