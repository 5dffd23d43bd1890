import { type Context, Liquid, type Template as Syntax, toValue } from 'liquidjs';
import { InvalidInput } from '../kernel/errors.ts';
import type { TemplateVariables } from './variables.ts';

/** Characters of one template. */
export const LONGEST_TEMPLATE = 100_000;
/** Characters and list entries that one rendering may make: ten times the longest message. */
const MEMORY = 1_000_000;
/** Milliseconds of one rendering, which takes well under one. */
const RENDER_MILLIS = 1_000;

/** Tags that read other templates: there are none. */
const readingTags = ['include', 'render', 'layout', 'block'];
/** Filters that ask the clock, the machine's zone or chance: one customer's message is always the same. */
const unsteadyFilters = [
  'date',
  'date_to_xmlschema',
  'date_to_rfc822',
  'date_to_string',
  'date_to_long_string',
  'sample',
];

export interface Template {
  readonly format: 'html' | 'text';
  readonly syntax: readonly Syntax[];
}

const engines = { html: liquidEngine('html'), text: liquidEngine('text') } as const;

/** Reads a Liquid template. Throws InvalidInput `invalid-template` that names the line. */
export function compileTemplate(text: string, format: Template['format'] = 'text'): Template {
  return complaining(() => ({ format, syntax: engines[format].parse(text) }));
}

/**
 * Fills the template in. A variable without a value gives nothing, or its default; `strict` refuses it
 * instead. Throws InvalidInput `invalid-template`, also where the template takes too much time or memory.
 */
export function render(
  { format, syntax }: Template,
  variables: TemplateVariables,
  { strict = false }: { readonly strict?: boolean } = {},
): string {
  // A copy, because the tags increment and decrement write to it.
  const scope = { ...variables };
  return complaining(() => engines[format].renderSync([...syntax], scope, { strictVariables: strict }));
}

export interface NamedVariable {
  readonly name: string;
  /** From 1. */
  readonly line: number;
}

/** Every variable that the template reads and does not set itself, also in branches that are never taken. */
export function variablesIn({ format, syntax }: Template): readonly NamedVariable[] {
  const { globals } = engines[format].analyzeSync([...syntax]);
  return Object.entries(globals).flatMap(([name, places]) =>
    places.slice(0, 1).map(({ location }) => ({ name, line: location.row })),
  );
}

/** The answer of work with templates, or the message of its refusal. */
export type Attempt<T> = { readonly value: T } | { readonly refusal: string };

export function attempt<T>(work: () => T): Attempt<T> {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof InvalidInput) return { refusal: error.message };
    throw error;
  }
}

function complaining<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw new InvalidInput('invalid-template', '', reasonOf(error), { cause: error });
  }
}

/** 'tag "foo" not found, line:3, col:1' → 'line 3: tag "foo" not found'. Liquid throws nothing but errors. */
const reasonOf = (error: unknown): string =>
  (error as Error).message.replace(/^(.*), line:(\d+), col:\d+$/s, 'line $2: $1');

/** A Liquid engine for templates that strangers may have written. */
function liquidEngine(format: 'html' | 'text'): Liquid {
  const engine = new Liquid({
    ownPropertyOnly: true,
    strictFilters: true,
    lenientIf: true,
    // Look-ups end here and never reach a file system.
    templates: {},
    parseLimit: LONGEST_TEMPLATE,
    memoryLimit: MEMORY,
    renderLimit: RENDER_MILLIS,
    ...(format === 'html' ? { outputEscape: 'escape' as const } : {}),
  });
  for (const tag of readingTags) delete engine.tags[tag];
  for (const filter of unsteadyFilters) engine.unregisterFilter(filter);
  chargeOutput(engine);
  return engine;
}

/** Liquid counts what filters and ranges make, but not what is written: a loop could fill the memory. */
function chargeOutput({ renderer }: Liquid): void {
  const renderTemplates = renderer.renderTemplates.bind(renderer);
  renderer.renderTemplates = (templates, context, emitter = chargingEmitter(context)) =>
    renderTemplates(templates, context, emitter);
}

const chargingEmitter = ({ memoryLimit }: Context) => ({
  buffer: '',
  write(html: unknown): void {
    const text = textOf(html);
    memoryLimit.use(text.length);
    this.buffer += text;
  },
});

const textOf = (written: unknown): string => {
  const value: unknown = toValue(written);
  return Array.isArray(value) ? value.map(textOf).join('') : String(value ?? '');
};
