import { Page } from './page.ts';
import {
  ByCause,
  ByItem,
  Discard,
  Discarded,
  QuarantineAnswer,
  QuarantinedItem,
  QuarantineList,
  RetriedMany,
  RetryMany,
  RetryOne,
  RetryOutcome,
} from './quarantine-schemas.ts';
import type { Route } from './route.ts';

const mending = {
  function: 'ingest/manage-quarantine',
  access: ['ops'],
  throttle: { perSecond: 5, burst: 10 },
  status: 200,
} as const;

/** What could not be taken, and how it is mended. */
export const quarantineRoutes = {
  quarantine: {
    ...mending,
    method: 'GET',
    path: '/v1/quarantine',
    summary: 'What could not be taken: causes with counts and a few samples.',
    answer: QuarantineAnswer,
  },
  listQuarantined: {
    ...mending,
    method: 'GET',
    path: '/v1/quarantine/{cause}',
    summary: 'What was refused for one cause; the items stay sealed.',
    params: ByCause,
    query: Page,
    answer: QuarantineList,
  },
  openQuarantined: {
    ...mending,
    method: 'GET',
    path: '/v1/quarantine/{cause}/{id}',
    summary: 'One item as it was sent, with the reason; who opens it is written to the log.',
    params: ByItem,
    answer: QuarantinedItem,
  },
  retryCause: {
    ...mending,
    method: 'POST',
    path: '/v1/quarantine/{cause}/retry',
    summary: 'Try up to 500 of a cause again; call again with the cursor until there is none.',
    params: ByCause,
    body: RetryMany,
    answer: RetriedMany,
  },
  retryQuarantined: {
    ...mending,
    method: 'POST',
    path: '/v1/quarantine/{cause}/{id}/retry',
    summary: 'Try one again, as it was or mended.',
    params: ByItem,
    body: RetryOne,
    answer: RetryOutcome,
  },
  discardQuarantined: {
    ...mending,
    method: 'POST',
    path: '/v1/quarantine/{cause}/{id}/discard',
    summary: 'Throw one away for good, with a note why.',
    params: ByItem,
    body: Discard,
    answer: Discarded,
  },
} as const satisfies Record<string, Route>;

export type QuarantineRoute = keyof typeof quarantineRoutes;
