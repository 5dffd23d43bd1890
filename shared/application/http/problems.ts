import type { Problem } from '../../contracts/problem.ts';
import { SIGNING_SCHEME } from '../../contracts/signing.ts';
import { ClienteleError, Conflict, InvalidInput, NotFound, NotProven } from '../../domain/kernel/errors.ts';

/** What goes back over HTTP: JSON text and its headers. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const titles: Readonly<Record<number, string>> = {
  400: 'The request cannot be read',
  401: 'Who are you?',
  403: 'Not allowed',
  404: 'Not found',
  409: 'Conflict',
  413: 'Too large',
  415: 'In a form that is not known',
  422: 'The content cannot be taken',
  429: 'Too many requests',
  500: 'Something broke on our side',
  503: 'Try again shortly',
};

const RETRY_SECONDS = 5;
const CHALLENGES = `Bearer realm="clientele", ${SIGNING_SCHEME} realm="clientele"`;

export const jsonAnswer = (status: number, body: unknown): HttpAnswer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
  body: JSON.stringify(body),
});

/** RFC 9457 problem details. `more` are further members, such as the results of a batch. */
export function problemAnswer(
  status: number,
  code: string,
  detail?: string,
  more: Readonly<Record<string, unknown>> = {},
): HttpAnswer {
  const problem: Problem = {
    type: `urn:clientele:problem:${code}`,
    title: titles[status] ?? 'Problem',
    status,
    code,
    ...(detail === undefined ? {} : { detail }),
    ...more,
  };
  const retry = status === 503 || status === 429 ? { 'retry-after': String(RETRY_SECONDS) } : {};
  const challenge = status === 401 ? { 'www-authenticate': CHALLENGES } : {};
  return {
    status,
    headers: {
      'content-type': 'application/problem+json',
      'cache-control': 'no-store',
      ...retry,
      ...challenge,
    },
    body: JSON.stringify(problem),
  };
}

/** Of input that can never be taken as it is; any other code of it is 422. */
const statuses: Readonly<Record<string, number>> = {
  'malformed-json': 400,
  'malformed-gzip': 400,
  'unsupported-encoding': 415,
};

const statusOf = ({ code }: InvalidInput): number =>
  code.endsWith('too-large') ? 413 : (statuses[code] ?? 422);

/** Errors that a caller can act on, in HTTP's words. Any other answers 500 and tells nothing of the inside. */
export function problemOf(error: unknown): HttpAnswer {
  if (error instanceof InvalidInput) {
    return problemAnswer(statusOf(error), error.code, error.message, {
      ...(error.path === '' ? {} : { path: error.path }),
      ...error.more,
    });
  }
  if (error instanceof NotFound) return problemAnswer(404, error.code, error.message);
  if (error instanceof NotProven) return problemAnswer(401, error.code, error.message);
  if (error instanceof Conflict) return problemAnswer(409, error.code, error.message);
  if (error instanceof ClienteleError && error.retryable)
    return problemAnswer(503, error.code, 'Nothing was lost or half done; send it again.');
  return problemAnswer(500, 'internal');
}
