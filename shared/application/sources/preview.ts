import type { PreviewAnswer } from '../../contracts/source-schemas.ts';
import { isoFromDay } from '../../domain/kernel/day.ts';
import { isDeeperThan } from '../../domain/kernel/depth.ts';
import { Defect, InvalidInput } from '../../domain/kernel/errors.ts';
import type { Source } from '../../domain/sources/source.ts';
import type { Clock } from '../../ports/clock.ts';
import { eventReader, MOST_LEVELS } from '../ingest/read-incoming.ts';
import { readable, type TranslateDeps, translator } from './translate.ts';

interface Sample {
  readonly body?: unknown;
  readonly topic?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly mapping?: string | undefined;
}

/** What a message would become, told and forgotten; identifiers stand as they were sent, since whoever asks sent them. */
export function previewer(deps: TranslateDeps & { readonly clock: Clock }) {
  const translate = translator(deps);
  const read = eventReader(deps);

  const judged = (event: unknown, source: Source, receivedAt: string): PreviewAnswer['events'][number] => {
    try {
      // An event that is kept as several has the name of the first, and the same identifiers in each.
      const [taken] = read(event, source.id, receivedAt);
      if (taken === undefined) throw new Defect('no-event', 'An event was read as none at all');
      const { id, day } = taken.event;
      return { status: 'valid', id, day: isoFromDay(day), warnings: [...taken.warnings], event };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return { status: 'refused', ...refusalOf(error), event };
    }
  };

  return async (kept: Source, { body, topic, headers, mapping }: Sample): Promise<PreviewAnswer> => {
    const source = mapping === undefined ? kept : tried(kept, mapping);
    const receivedAt = deps.clock();
    try {
      if (isDeeperThan(MOST_LEVELS, body)) throw tooDeep();
      const events = await translate(source, { topic, headers: readable(source, headers), body }, receivedAt);
      return { events: events.map((event) => judged(event, source, receivedAt)) };
    } catch (error) {
      if (!(error instanceof InvalidInput)) throw error;
      return { events: [], refused: refusalOf(error) };
    }
  };
}

function tried(source: Source, mapping: string): Source {
  if (source.kind === 'webhook') return { ...source, mapping };
  throw new InvalidInput(
    'invalid-field',
    'mapping',
    `mapping: messages of ${source.kind} are understood without one; leave it out`,
  );
}

const tooDeep = () =>
  new InvalidInput(
    'event-too-deep',
    'body',
    `body: has more than ${MOST_LEVELS} lists or objects within each other`,
  );

const refusalOf = ({ code, path, message }: InvalidInput) => ({ code, path, detail: message });
