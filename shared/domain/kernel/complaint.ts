import type * as z from 'zod';
import { InvalidInput } from './errors.ts';

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

type Issue = z.core.$ZodIssue;

/** zod speaks to programmers ('expected string, received undefined'); this speaks to whoever sent it. */
function worded(issue: Issue): string {
  if (!DEFAULT.test(issue.message)) return issue.message;
  switch (issue.code) {
    case 'invalid_type': {
      const kind = KINDS[issue.expected] ?? `a ${issue.expected}`;
      return issue.message.endsWith('received undefined') ? `is missing; it takes ${kind}` : `takes ${kind}`;
    }
    case 'invalid_value':
      return `takes one of ${issue.values.join(', ')}`;
    case 'unrecognized_keys':
      return `does not know ${named(issue.keys)}; leave it out, or look for a slip of the pen`;
    case 'too_small':
      return `takes ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}${UNITS[issue.origin] ?? ''}`;
    case 'too_big':
      return `takes ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}${UNITS[issue.origin] ?? ''}`;
    case 'invalid_union':
      return eitherOf(issue);
    case 'invalid_format':
      return FORMATS[issue.format] ?? issue.message;
    default:
      return issue.message;
  }
}

/** How zod begins a sentence of its own; any other was written here. */
const DEFAULT = /^(Invalid|Too (small|big)|Unrecognized)/;

const KINDS: Readonly<Record<string, string>> = {
  array: 'a list',
  boolean: 'true or false',
  int: 'a whole number',
  nonoptional: 'a value',
  object: 'an object',
  record: 'an object',
  tuple: 'a list',
};

const FORMATS: Readonly<Record<string, string>> = {
  date: 'takes a day such as 2026-03-14',
  datetime: 'takes a date and time with its offset, for example 2026-03-14T10:15:00+01:00',
};

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

const MOST_NAMES = 5;
const MOST_CHARACTERS = 64;

/** Whoever sends thousands of fields does not get all of them back. */
function named(keys: readonly string[]): string {
  const some = keys.slice(0, MOST_NAMES).map((key) => `'${key.slice(0, MOST_CHARACTERS)}'`);
  const more = keys.length - some.length;
  return `${some.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** What each of the forms that would do misses first. */
function eitherOf({ errors, message, ...issue }: Extract<Issue, { code: 'invalid_union' }>): string {
  if ('options' in issue && Array.isArray(issue.options)) return `takes one of ${issue.options.join(', ')}`;
  const ways = errors.flatMap(([first]) => {
    if (first === undefined) return [];
    const path = first.path.join('.');
    return [path === '' ? worded(first) : `${path} ${worded(first)}`];
  });
  return ways.length === 0 ? message : [...new Set(ways)].join('; or ');
}
