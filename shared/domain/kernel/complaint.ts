import type * as z from 'zod';
import { InvalidInput } from './errors.ts';

/** zod's first complaint as a code, a path in dots and a sentence that names the field, or the whole, and the way out. */
export function complaint(
  error: z.ZodError,
  base: readonly PropertyKey[] = [],
  whole = 'the event',
): InvalidInput {
  const issue = error.issues[0];
  const path = [...base, ...(issue?.path ?? [])].join('.');
  return new InvalidInput(
    'invalid-field',
    path,
    `${path || whole}: ${issue === undefined ? 'cannot be read' : worded(issue)}`,
  );
}

type Issue = z.core.$ZodIssue;
type Of<Code extends Issue['code']> = Extract<Issue, { code: Code }>;

/** Everything that is wrong with a file, field by field. */
export const complaints = ({ issues }: z.ZodError, whole: string): string[] =>
  issues.map((issue) => `${issue.path.join('.') || whole}: ${worded(issue)}`);

/** zod speaks to programmers ('expected string, received undefined'); this speaks to whoever sent it. */
function worded(issue: Issue): string {
  // What a schema says itself is better than anything said of all schemas.
  if (!ZODS_OWN.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return ofKind(issue);
    case 'invalid_value':
      return oneOf(issue.values);
    case 'unrecognized_keys':
      return `does not know ${named(issue.keys)}; leave it out, or look for a slip of the pen`;
    case 'too_small':
    case 'too_big':
      return bounded(issue);
    case 'invalid_union':
      return eitherOf(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

/** How zod begins a sentence of its own; any other was written here. */
const ZODS_OWN = /^(Invalid|Too (small|big)|Unrecognized)/;

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
};

function ofKind({ expected, message }: Of<'invalid_type'>): string {
  // Anything will do that is not left out.
  if (expected === 'nonoptional') return 'is missing';
  const takes = `takes ${KINDS[expected] ?? `a ${expected}`}`;
  if (message.endsWith('received undefined')) return `is missing; it ${takes}`;
  return message.endsWith('received null') ? `is null; it ${takes}` : takes;
}

const oneOf = (choices: readonly unknown[]): string =>
  `takes ${choices.length === 1 ? '' : 'one of '}${choices.join(', ')}`;

const FORMATS: Readonly<Record<string, string>> = {
  date: 'takes a date, for example 2026-03-14',
  datetime: 'takes a date and time with its offset, for example 2026-03-14T10:15:00+01:00',
};

const UNITS: Readonly<Record<string, string>> = { string: ' character', array: ' item' };

function bounded(issue: Of<'too_small' | 'too_big'>): string {
  const [bound, within, beyond] =
    issue.code === 'too_small'
      ? [issue.minimum, 'at least', 'more than']
      : [issue.maximum, 'at most', 'less than'];
  const unit = UNITS[issue.origin];
  if (unit === undefined) return `takes ${issue.inclusive === false ? beyond : within} ${bound}`;
  return `takes ${issue.exact ? 'exactly' : within} ${bound}${unit}${Number(bound) === 1 ? '' : 's'}`;
}

const MOST_NAMES = 5;
const MOST_CHARACTERS = 64;

/** Whoever sends thousands of fields does not get all of them back. */
function named(keys: readonly string[]): string {
  const some = keys.slice(0, MOST_NAMES).map((key) => `'${key.slice(0, MOST_CHARACTERS)}'`);
  const more = keys.length - some.length;
  return `${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What each of the forms that would do misses first. */
function eitherOf({ errors, message, ...issue }: Of<'invalid_union'>): string {
  if ('options' in issue && Array.isArray(issue.options)) return oneOf(issue.options);
  const ways = errors.flatMap(([first]) => {
    if (first === undefined) return [];
    const path = first.path.join('.');
    return [path === '' ? worded(first) : `${path} ${worded(first)}`];
  });
  return ways.length === 0 ? message : [...new Set(ways)].join('; or ');
}
