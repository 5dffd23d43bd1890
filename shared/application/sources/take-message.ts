import type { EventResult } from '../../contracts/event-schemas.ts';
import type { HookAnswer } from '../../contracts/source-schemas.ts';
import { InvalidInput } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import { acceptEvents, type IngestDeps } from '../ingest/accept-events.ts';
import { refusalOf } from '../ingest/judge-events.ts';
import { quarantine } from '../ingest/quarantine.ts';
import { toKeep } from './retranslate.ts';
import { type HookMessage, readBody, type Translate } from './translate.ts';

export const NOTHING: HookAnswer = { status: 'nothing', accepted: 0, duplicates: 0, refused: [] };

/** Translates and takes; whatever is refused is kept as it was told. */
export const taker = (deps: IngestDeps, translate: Translate) => {
  const accept = acceptEvents(deps);
  return async (source: Source, said: Omit<HookMessage, 'body'>, text: string): Promise<HookAnswer> => {
    const receivedAt = deps.clock();
    let body: unknown = text;
    try {
      body = readBody(text);
      const events = await translate(source, { ...said, body }, receivedAt);
      const item = toKeep(source, { ...said, body });
      const asTold = events.map(() => item);
      return answerTo(await accept(events, source.id, { asTold }));
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      const item = toKeep(source, { ...said, body });
      await quarantine(deps, [{ ...refusalOf(error), source: source.id, item }], receivedAt);
      const { code, path, message: detail } = error;
      return { ...NOTHING, status: 'quarantined', refused: [{ code, path, detail }] };
    }
  };
};

function answerTo(results: readonly EventResult[]): HookAnswer {
  const count = (status: EventResult['status']) => results.filter((one) => one.status === status).length;
  const refused = results.flatMap((one) =>
    one.status === 'rejected' ? [{ code: one.code, path: one.path, detail: one.detail }] : [],
  );
  const [accepted, duplicates] = [count('accepted'), count('duplicate')];
  const status =
    accepted > 0 ? 'taken' : refused.length > 0 ? 'quarantined' : duplicates > 0 ? 'duplicate' : 'nothing';
  return { status, accepted, duplicates, refused };
}
