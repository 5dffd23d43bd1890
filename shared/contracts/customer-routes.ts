import * as z from 'zod';
import { eventTypes } from '../domain/events/catalogue.ts';
import { CustomerId } from '../domain/kernel/ids.ts';
import { CallBacks } from './care-schemas.ts';
import { CustomerAnswer, LookUp, TimelineAnswer } from './customer-schemas.ts';
import { Page } from './page.ts';
import { type Route, roles } from './route.ts';

const everyRole = roles;

/** Customers looked at. */
export const customerRoutes = {
  getCustomer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    function: 'customers/read-customers',
    summary:
      'One customer: purchases net of returns, consent, care, scores, contact; what the roles of the caller may see.',
    access: everyRole,
    throttle: { perSecond: 200, burst: 200 },
    params: z.object({ id: CustomerId }),
    status: 200,
    answer: CustomerAnswer,
  },
  lookUpCustomer: {
    method: 'POST',
    path: '/v1/customers/look-up',
    function: 'customers/read-customers',
    summary:
      'Find a customer by phone, card, member number, e-mail, WeChat account or device, of several by the strongest that is known; in the body, so that no log sees it.',
    access: everyRole,
    // Every counter of every shop on the busiest Saturday.
    throttle: { perSecond: 400, burst: 400 },
    body: LookUp,
    status: 200,
    answer: CustomerAnswer,
  },
  getTimeline: {
    method: 'GET',
    path: '/v1/customers/{id}/timeline',
    function: 'customers/read-customers',
    summary:
      'Every fact of a customer, newest first; of one type where it is named, out of as many as the limit says.',
    access: everyRole,
    throttle: { perSecond: 100, burst: 100 },
    params: z.object({ id: CustomerId }),
    query: Page.extend({ type: z.enum(eventTypes).optional() }),
    status: 200,
    answer: TimelineAnswer,
  },
  listCallBacks: {
    method: 'GET',
    path: '/v1/care/call-backs',
    function: 'customers/read-customers',
    summary:
      'Who complained of something grave and waits to be called, the longest first, with the deadline; pages may be shorter than asked for.',
    access: ['clerk', 'privacy', 'ops'],
    throttle: { perSecond: 5, burst: 10 },
    query: Page,
    status: 200,
    answer: CallBacks,
  },
} as const satisfies Record<string, Route>;
