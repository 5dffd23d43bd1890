import type * as z from 'zod';
import { InvalidInput } from '../kernel/errors.ts';
import { catalogue, composites, type EventType, type Happening, tellable } from './catalogue.ts';
import type { EventDefinition, Json } from './define-event.ts';
import { type AcceptedEvent, Envelope } from './event.ts';
import { worded } from './worded.ts';

/** zod's first complaint as a code, a path in dots and a sentence that names the way out. */
export function complaint(error: z.ZodError, base: readonly PropertyKey[] = []): InvalidInput {
  const issue = error.issues[0];
  const path = [...base, ...(issue?.path ?? [])].join('.');
  return new InvalidInput(
    'invalid-field',
    path,
    `${path || 'the event'}: ${issue === undefined ? 'cannot be read' : worded(issue)}`,
  );
}

const isEventType = (type: string): type is EventType => Object.hasOwn(catalogue, type);

/**
 * Checks the frame, finds the schema by the type alone, lifts old versions and checks the payload.
 * Throws InvalidInput: `invalid-field`, `unknown-type`, `unknown-version`, `id-missing`.
 */
export function readEvent(raw: unknown): {
  envelope: z.output<typeof Envelope>;
  happening: Happening;
  naturalKey: string | undefined;
  /** What a second telling must repeat: of an older version the payload as it was sent, whatever release took the first. */
  told: unknown;
} {
  const type = typeIn(raw);
  const definition: Checkable = catalogue[type];
  const { envelope, data, told } = checked(raw, definition);
  // The pair (type, data) was just checked; TypeScript cannot follow the look-up.
  const happening = { type, data } as Happening;
  return { envelope, happening, naturalKey: naturalKeyOf(happening), told };
}

/**
 * What is told as one and kept as several, as these: an exchange is a sale and a return. Everything else stays as it
 * is. Throws what `readEvent` throws.
 */
export function expandEvent(raw: unknown): readonly unknown[] {
  const type = toldType(raw);
  if (type === undefined || !Object.hasOwn(composites, type)) return [raw];
  const { expands, ...composite } = composites[type as keyof typeof composites];
  const { envelope, data } = checked(raw, composite);
  const { id, version: _ofWhole, ...frame } = envelope;
  return (expands?.(data) ?? []).map((piece, index) => ({
    ...frame,
    ...(id === undefined || index > 0 ? {} : { id }),
    ...piece,
  }));
}

type Checkable<Data extends z.ZodType = z.ZodType> = Versioned & { readonly data: Data };

function checked<Data extends z.ZodType>(
  raw: unknown,
  definition: Checkable<Data>,
): { readonly envelope: z.output<typeof Envelope> } & ReadData<Data> {
  const frame = Envelope.safeParse(raw);
  if (!frame.success) throw complaint(frame.error);
  const envelope = frame.data;
  return { envelope, ...readData(definition, envelope.data, envelope.version) };
}

/** The type comes first: what else an event needs hangs on it. */
function typeIn(raw: unknown): EventType {
  const type = toldType(raw);
  if (type !== undefined && isEventType(type)) return type;
  const found = type === undefined ? 'is missing' : `'${type.slice(0, 64)}' is not known`;
  const known = Object.keys(tellable).join(', ');
  throw new InvalidInput('unknown-type', 'type', `type: ${found}; known are ${known}`);
}

function toldType(raw: unknown): string | undefined {
  const type = typeof raw === 'object' && raw !== null && 'type' in raw ? raw.type : undefined;
  return typeof type === 'string' ? type : undefined;
}

interface ReadData<Data extends z.ZodType> {
  readonly data: z.output<Data>;
  /** What a second telling must repeat. */
  readonly told: unknown;
}

/**
 * Who never says a version goes on to be understood when a new one comes: what today's schema refuses is tried as
 * older ones, the newest first. What fits none is refused in today's words.
 */
function readData<Data extends z.ZodType>(
  definition: Checkable<Data>,
  data: Json,
  version: number | undefined,
): ReadData<Data> {
  const parsed = definition.data.safeParse(lift(definition, data, version));
  if (parsed.success)
    return {
      data: parsed.data,
      told: (version ?? definition.version) < definition.version ? data : parsed.data,
    };
  for (let older = definition.version - 1; version === undefined && older >= 1; older -= 1) {
    const lifted = definition.data.safeParse(lift(definition, data, older));
    if (lifted.success) return { data: lifted.data, told: data };
  }
  throw complaint(parsed.error, ['data']);
}

/** An event that was kept or sent by an older release, as of today. One of a type unknown here stays as it is. */
export function current(event: AcceptedEvent): AcceptedEvent {
  if (!isEventType(event.type)) return event;
  const definition: Checkable = catalogue[event.type];
  if (event.version === definition.version) return event;
  const { data } = readData(definition, event.data, event.version);
  return { ...event, version: definition.version, data } as AcceptedEvent;
}

type Versioned = Pick<EventDefinition<string, z.ZodType>, 'type' | 'version' | 'upcast'>;

/** Lifts a payload of an older version, step by step, to today's. */
export function lift({ type, version: today, upcast = {} }: Versioned, data: Json, version = today): Json {
  if (version > today) {
    throw new InvalidInput(
      'unknown-version',
      'version',
      `version: ${type} is at version ${today}, not ${version}; update Clientele first`,
    );
  }
  let lifted = data;
  for (let step = version; step < today; step += 1) {
    const next = upcast[step];
    if (next === undefined)
      throw new InvalidInput(
        'unknown-version',
        'version',
        `version: ${type} has no way from version ${step} to ${today}; send version ${today}`,
      );
    lifted = next(lifted);
  }
  return lifted;
}

function naturalKeyOf({ type, data }: Happening): string | undefined {
  const { naturalKey }: { naturalKey?: (data: never) => string | undefined } = catalogue[type];
  return naturalKey?.(data as never);
}
