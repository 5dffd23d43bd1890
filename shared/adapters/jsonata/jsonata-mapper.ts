import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { InvalidInput, MapperBusy } from '../../domain/kernel/errors.ts';
import type { Mapper } from '../../ports/mapper.ts';
import { fairTurns } from './fair-turns.ts';
import type { MappingOutcome, MappingTask } from './mapping-thread.ts';

interface Limits {
  /** From when the thread takes a mapping in hand. */
  readonly millis: number;
  /** Runs of one mapping that wait for their turn. */
  readonly waiting: number;
  /** For its turn: whoever calls gets an answer within half a minute, also behind a mapping that loops. */
  readonly patience?: number;
}

const LIMITS: Limits = { millis: 1_000, waiting: 100 };
const PATIENCE_MILLIS = 25_000;
const STARTING_MILLIS = 10_000;
/** What a delivery of a megabyte and its events need many times over; above it V8 ends the thread and not us. */
const resourceLimits = { maxOldGenerationSizeMb: 96, maxYoungGenerationSizeMb: 16, stackSizeMb: 4 };
/** Of what a mapping makes, as JSON: more than one request may carry in events. */
const MOST_JSON_CHARACTERS = 1_000_000;

/** The thread lies beside this module, in the sources and in a function's bundle (lib/bundling.ts) alike. */
const script = new URL(`./mapping-thread${extname(import.meta.url)}`, import.meta.url);

/**
 * The Mapper port by JSONata in a thread of its own, which is started when it is first needed and ended when a
 * mapping runs too long or needs too much. One runs at a time, each mapping in its turn.
 */
export function jsonataMapper({ millis, waiting, patience = PATIENCE_MILLIS }: Limits = LIMITS): Mapper {
  let thread: Promise<Worker> | undefined;
  const turns = fairTurns({ waiting, patience });

  const run = async (task: MappingTask): Promise<string | undefined> => {
    thread ??= started();
    const worker = await thread.catch((error: unknown) => {
      thread = undefined;
      throw error;
    });
    const outcome = await answerOf(worker, task, millis);
    if ('ended' in outcome) {
      thread = undefined;
      await worker.terminate();
      throw outcome.ended;
    }
    if (!outcome.ok) throw refusalOf(outcome);
    return outcome.json;
  };

  const inTurn = (task: MappingTask) => turns(task.expression, () => run(task));

  return {
    async check(expression) {
      await inTurn({ expression });
    },
    async map(expression, input) {
      const json = await inTurn({ expression, input: JSON.stringify(input) });
      if (json === undefined) return undefined;
      if (json.length > MOST_JSON_CHARACTERS) throw tooLarge(`${json.length} characters`);
      return JSON.parse(json);
    },
  };
}

/** A thread that has loaded the library. It keeps no process alive. */
function started(): Promise<Worker> {
  const worker = new Worker(script, { resourceLimits, env: {}, execArgv: [], stdout: true, stderr: true });
  // Whatever comes of an idle thread is noticed by whoever uses it next.
  worker.on('error', () => undefined);
  return new Promise((resolve, reject) => {
    const ready = () => done(() => resolve(worker));
    const ended = () => done(() => reject(new MapperBusy('The thread did not start')));
    const timer = setTimeout(() => worker.terminate(), STARTING_MILLIS);
    const done = (settle: () => void) => {
      clearTimeout(timer);
      worker.off('message', ready).off('exit', ended).unref();
      settle();
    };
    worker.once('message', ready).once('exit', ended);
  });
}

type Answer = MappingOutcome | { readonly ended: Error };

const answerOf = (worker: Worker, task: MappingTask, millis: number): Promise<Answer> =>
  new Promise((resolve) => {
    const done = (answer: Answer) => {
      clearTimeout(timer);
      worker.off('message', done).off('error', failed).off('exit', exited);
      resolve(answer);
    };
    const failed = (error: Error & { readonly code?: string }) =>
      done({ ended: error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLarge('more than it may hold') : error });
    const exited = () => done({ ended: new MapperBusy('The thread ended') });
    const timer = setTimeout(() => done({ ended: tooLong(millis) }), millis);
    worker.on('message', done).on('error', failed).on('exit', exited);
    worker.postMessage(task);
  });

const tooLong = (millis: number): InvalidInput =>
  new InvalidInput(
    'mapping-too-long',
    'mapping',
    `mapping: took longer than ${millis} ms and was stopped; look for recursion, large ranges and regular expressions with nested repetition`,
  );

const tooLarge = (what: string): InvalidInput =>
  new InvalidInput('mapping-too-large', 'mapping', `mapping: makes ${what}; make events alone`);

/** Codes of the library's guards: depth and time, the length of ranges and of sequences. */
const GUARDS: Readonly<Record<string, (message: string) => InvalidInput>> = {
  D1011: (message) => new InvalidInput('mapping-too-long', 'mapping', `mapping: ${message}`),
  D1012: (message) => new InvalidInput('mapping-too-long', 'mapping', `mapping: ${message}`),
  D2014: () => tooLarge('too long a sequence'),
  D2015: () => tooLarge('too long a sequence'),
};

/** The library quotes what it choked on, be it a megabyte. */
const MOST_MESSAGE_CHARACTERS = 500;

function refusalOf({ stage, code, message: said }: Extract<MappingOutcome, { ok: false }>): InvalidInput {
  const message =
    said.length > MOST_MESSAGE_CHARACTERS ? `${said.slice(0, MOST_MESSAGE_CHARACTERS)} …` : said;
  const guard = GUARDS[code];
  if (guard !== undefined) return guard(message);
  return new InvalidInput(
    stage === 'read' ? 'mapping-invalid' : 'mapping-failed',
    'mapping',
    `mapping: ${message}`,
  );
}
