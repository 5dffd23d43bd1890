import type * as z from 'zod';
import { InvalidInput } from '../kernel/errors.ts';

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

/** Our own sentences go on after the field's name and begin small, zod's begin with a capital. */
const isZods = (message: string): boolean => /^[A-Z]/.test(message);

/** zod speaks to programmers ('expected string, received undefined'); this speaks to whoever sent it. */
function worded(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (!isZods(message)) return message;
  switch (issue.code) {
    case 'invalid_type':
      return `${found(message)}takes ${kindOf(issue.expected)}`;
    case 'invalid_value':
      return `takes ${issue.values.length === 1 ? '' : 'one of '}${issue.values.join(', ')}`;
    case 'too_small':
      return `takes ${issue.inclusive === false ? 'more than' : 'at least'} ${counted(issue.minimum, issue.origin)}`;
    case 'too_big':
      return `takes ${issue.inclusive === false ? 'less than' : 'at most'} ${counted(issue.maximum, issue.origin)}`;
    case 'invalid_format':
      return issue.format === 'date' ? 'takes a date, for example 2026-03-14' : message;
    case 'unrecognized_keys':
      return `takes no ${issue.keys.map((key) => `'${key}'`).join(', ')}`;
    default:
      return message;
  }
}

function found(message: string): string {
  if (message.endsWith('received undefined')) return 'is missing; it ';
  return message.endsWith('received null') ? 'is null; it ' : '';
}

const kinds: Readonly<Record<string, string>> = {
  int: 'a whole number',
  object: 'an object',
  record: 'an object',
  array: 'a list',
  tuple: 'a list',
  boolean: 'true or false',
};

const kindOf = (expected: string): string => kinds[expected] ?? `a ${expected}`;

function counted(bound: number | bigint, origin: string): string {
  if (origin !== 'string' && origin !== 'array') return `${bound}`;
  return `${bound} ${origin === 'string' ? 'character' : 'item'}${bound === 1 ? '' : 's'}`;
}
