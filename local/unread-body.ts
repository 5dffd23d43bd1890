import { type HttpAnswer, problemAnswer } from '../shared/application/http/problems.ts';
import { tooLargeAnswer } from '../shared/application/http/raw-body.ts';
import type { Unread } from './read-body.ts';

/** What those hear whose body was not read to its end. The connection cannot be used again. */
export function unreadAnswer(why: Unread): HttpAnswer {
  const answer = answers[why];
  return { ...answer, headers: { ...answer.headers, connection: 'close' } };
}

const givenUp = problemAnswer(
  503,
  'body-given-up',
  'Too many bodies are on their way, and this one did not go on; send it again.',
);

const answers: Readonly<Record<Unread, HttpAnswer>> = {
  'too-large': tooLargeAnswer(),
  'in-crumbs': problemAnswer(
    400,
    'body-in-crumbs',
    'The body comes in pieces of a few bytes; send it in one, or in larger ones.',
  ),
  'given-up': givenUp,
  // Nobody hears it.
  gone: givenUp,
};
