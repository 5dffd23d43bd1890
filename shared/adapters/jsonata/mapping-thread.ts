import { parentPort } from 'node:worker_threads';
import jsonata from 'jsonata';

/** What the thread is asked. */
export interface MappingTask {
  readonly expression: string;
  /** JSON; left out, the expression is only read. */
  readonly input?: string;
}

/** `json` is undefined where the mapping makes nothing. */
export type MappingOutcome =
  | { readonly ok: true; readonly json: string | undefined }
  | { readonly ok: false; readonly stage: 'read' | 'run'; readonly code: string; readonly message: string };

/** The library's own guards, which come before the thread's and speak more clearly. */
const guards = { timeout: 800, stack: 500, sequence: 50_000 };

/** Answers of these hang on more than the input, or make expressions that nobody has read. */
const TAKEN_AWAY = ['eval', 'now', 'millis', 'random', 'shuffle'] as const;

const port = parentPort;

// A line of defence more: what an expression could reach by a fault of the library is not there, and nothing that it
// plants in a prototype would be found by the next one. Frozen they cannot be: the library gives arrays a push of their own.
for (const name of ['process', 'fetch', 'WebSocket', 'EventSource', 'navigator'])
  Reflect.deleteProperty(globalThis, name);
Reflect.deleteProperty(Object.prototype, '__proto__');
for (const shared of [Object, Array, Function]) Object.preventExtensions(shared.prototype);

port?.on('message', async (task: MappingTask) => {
  port.postMessage(await outcomeOf(task));
});
port?.postMessage('ready');

async function outcomeOf({ expression, input }: MappingTask): Promise<MappingOutcome> {
  let stage: 'read' | 'run' = 'read';
  try {
    const read = jsonata(expression, guards);
    if (input === undefined) return { ok: true, json: undefined };
    stage = 'run';
    for (const name of TAKEN_AWAY) read.assign(name, undefined);
    return { ok: true, json: JSON.stringify(await read.evaluate(JSON.parse(input)), dataAlone) };
  } catch (error) {
    const { code = 'failed', message = String(error), position } = error as Partial<jsonata.JsonataError>;
    return { ok: false, stage, code, message: `${message.slice(0, 300)}${placeOf(expression, position)}` };
  }
}

/** Where the library stopped reading, as an editor counts. */
function placeOf(expression: string, position: number | undefined): string {
  if (position === undefined) return '';
  const lines = expression.slice(0, position).split('\n');
  return ` (line ${lines.length}, character ${lines.at(-1)?.length ?? 0})`;
}

/** Functions are values there, and hold their whole surroundings. */
const dataAlone = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && ('_jsonata_lambda' in value || '_jsonata_function' in value)
    ? undefined
    : value;
