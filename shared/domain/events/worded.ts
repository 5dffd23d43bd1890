import type * as z from 'zod';

type Issue = z.core.$ZodIssue;
type Limit = Extract<Issue, { code: 'too_small' | 'too_big' }>;

/** zod speaks to programmers ('expected string, received undefined'); this speaks to whoever sent it. */
export function worded(issue: Issue): string {
  if (isOwnWord(issue)) return issue.message;
  switch (issue.code) {
    case 'invalid_type':
      return `${isMissing(issue) ? 'is missing; it takes' : 'takes'} ${kindOf(issue.expected)}`;
    case 'invalid_value':
      return `takes one of ${issue.values.join(', ')}`;
    case 'invalid_union':
      return unionOf(issue.errors);
    case 'too_small':
    case 'too_big':
      return limitOf(issue);
    case 'unrecognized_keys':
      return `does not know ${issue.keys.join(', ')}; leave it out`;
    case 'invalid_format':
      return issue.format === 'date' ? 'takes a date, for example 2026-03-14' : issue.message;
    default:
      return issue.message;
  }
}

/** What a schema says itself is better than anything said of all schemas. */
const isOwnWord = ({ message }: Issue): boolean =>
  !/^(Invalid|Too small|Too big|Unrecognized)\b/.test(message);

const isMissing = ({ message }: Issue): boolean => message.endsWith('received undefined');

const KINDS: Readonly<Record<string, string>> = {
  int: 'a whole number',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const kindOf = (expected: string): string => KINDS[expected] ?? `a ${expected}`;

/** Where each form is of another kind the kinds are named; more would be a guess at what was meant. */
function unionOf(forms: readonly (readonly Issue[])[]): string {
  const kinds = forms.map(([first]) =>
    first?.code === 'invalid_type' && first.path.length === 0 ? kindOf(first.expected) : undefined,
  );
  return kinds.length === 0 || kinds.includes(undefined)
    ? 'has none of the forms that it may have'
    : `takes ${[...new Set(kinds)].join(' or ')}`;
}

const UNITS: Readonly<Record<string, string>> = { string: ' characters', array: ' items' };

function limitOf(issue: Limit): string {
  const isLeast = issue.code === 'too_small';
  const limit = isLeast ? issue.minimum : issue.maximum;
  const unit = UNITS[issue.origin];
  if (unit === undefined) {
    const reach = isLeast
      ? issue.inclusive
        ? 'at least'
        : 'more than'
      : issue.inclusive
        ? 'at most'
        : 'less than';
    return `takes ${reach} ${limit}`;
  }
  if (isLeast && limit === 1) return 'is empty';
  return `takes ${issue.exact ? 'exactly' : isLeast ? 'at least' : 'at most'} ${limit}${unit}`;
}
