import * as z from 'zod';
import { Slug } from '../domain/kernel/ids.ts';
import { PollAnswer, PollInput, PollRemoved } from './poll-schemas.ts';
import type { Route } from './route.ts';

const manage = {
  function: 'ingest/manage-sources',
  path: '/v1/sources/{id}/poll',
  throttle: { perSecond: 5, burst: 10 },
  params: z.object({ id: Slug }),
  status: 200,
} as const;

/** Asking a shop what changed, beside the webhooks that tell it. */
export const pollRoutes = {
  getPoll: {
    ...manage,
    method: 'GET',
    summary: 'How a shop is asked what its webhooks may have missed, and how that went.',
    access: ['ops', 'marketer'],
    answer: PollAnswer,
  },
  putPoll: {
    ...manage,
    method: 'PUT',
    summary: 'Ask a shop every quarter of an hour what its webhooks may have missed.',
    access: ['ops'],
    body: PollInput,
    answer: PollAnswer,
  },
  removePoll: {
    ...manage,
    method: 'DELETE',
    summary: 'Ask it no more, and forget its credentials.',
    access: ['ops'],
    answer: PollRemoved,
  },
} as const satisfies Record<string, Route>;

export type PollRoute = keyof typeof pollRoutes;
