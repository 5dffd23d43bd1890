import * as z from 'zod';
import { CustomerId, Slug } from '../domain/kernel/ids.ts';
import { CustomerAnswer, LookUp, TimelineAnswer } from './customer-schemas.ts';
import { EventResults, Submission } from './event-schemas.ts';
import {
  CampaignAnswer,
  CampaignInput,
  CampaignList,
  CampaignReport,
  EstimateAnswer,
  EstimateInput,
  OutboxAnswer,
  RunAnswer,
  RunList,
  SegmentAnswer,
  SegmentInput,
  SegmentList,
} from './speaking-schemas.ts';

/** What people may do. A key or token carries some of them. */
export const roles = ['marketer', 'analyst', 'clerk', 'privacy', 'ops'] as const;
export type Role = (typeof roles)[number];

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** With {name} for parameters, as HTTP APIs and OpenAPI write it. */
  readonly path: `/${string}`;
  /** The folder under functions/ that answers it on AWS. */
  readonly function: string;
  readonly summary: string;
  /** `source`: a write key. A list: people with one of these roles. `open`: anybody. */
  readonly access: 'source' | 'open' | readonly Role[];
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  readonly status: 200 | 202;
  readonly answer: z.ZodType;
}

const everyRole = roles;
const Page = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(500).optional(),
});
const ById = z.object({ id: Slug });

/** Every endpoint. CDK turns it into routes of the HTTP API, the local host into a server, and both into OpenAPI. */
export const routes = {
  health: {
    method: 'GET',
    path: '/health',
    function: 'api/describe',
    summary: 'Is it up?',
    access: 'open',
    status: 200,
    answer: z.object({ status: z.literal('ok') }),
  },
  describe: {
    method: 'GET',
    path: '/openapi.json',
    function: 'api/describe',
    summary: 'This description.',
    access: 'open',
    status: 200,
    answer: z.looseObject({ openapi: z.string() }),
  },
  acceptEvents: {
    method: 'POST',
    path: '/v1/events',
    function: 'ingest/accept-events',
    summary: 'Take one event, or up to 1,000; answers for each.',
    access: 'source',
    body: Submission,
    status: 202,
    answer: EventResults,
  },
  getCustomer: {
    method: 'GET',
    path: '/v1/customers/{id}',
    function: 'customers/read-customers',
    summary: 'One customer: purchases net of returns, consent, scores, masked contact.',
    access: everyRole,
    params: z.object({ id: CustomerId }),
    status: 200,
    answer: CustomerAnswer,
  },
  lookUpCustomer: {
    method: 'POST',
    path: '/v1/customers/look-up',
    function: 'customers/read-customers',
    summary:
      'Find a customer by phone, e-mail, member number or device; in the body, so that no log sees it.',
    access: everyRole,
    body: LookUp,
    status: 200,
    answer: CustomerAnswer,
  },
  getTimeline: {
    method: 'GET',
    path: '/v1/customers/{id}/timeline',
    function: 'customers/read-customers',
    summary: 'Every fact of a customer, newest first.',
    access: everyRole,
    params: z.object({ id: CustomerId }),
    query: Page,
    status: 200,
    answer: TimelineAnswer,
  },
  listSegments: {
    method: 'GET',
    path: '/v1/segments',
    function: 'segments/manage-segments',
    summary: 'All segments, each with its rule in words.',
    access: ['marketer', 'analyst'],
    status: 200,
    answer: SegmentList,
  },
  getSegment: {
    method: 'GET',
    path: '/v1/segments/{id}',
    function: 'segments/manage-segments',
    summary: 'One segment.',
    access: ['marketer', 'analyst'],
    params: ById,
    status: 200,
    answer: SegmentAnswer,
  },
  putSegment: {
    method: 'PUT',
    path: '/v1/segments/{id}',
    function: 'segments/manage-segments',
    summary: 'Define or replace a segment.',
    access: ['marketer'],
    params: ById,
    body: SegmentInput,
    status: 200,
    answer: SegmentAnswer,
  },
  estimateSegment: {
    method: 'POST',
    path: '/v1/segments/estimate',
    function: 'segments/manage-segments',
    summary: 'How many customers a rule reaches, from the last night.',
    access: ['marketer', 'analyst'],
    body: EstimateInput,
    status: 200,
    answer: EstimateAnswer,
  },
  listCampaigns: {
    method: 'GET',
    path: '/v1/campaigns',
    function: 'campaigns/manage-campaigns',
    summary: 'All campaigns.',
    access: ['marketer', 'analyst'],
    status: 200,
    answer: CampaignList,
  },
  getCampaign: {
    method: 'GET',
    path: '/v1/campaigns/{id}',
    function: 'campaigns/manage-campaigns',
    summary: 'One campaign.',
    access: ['marketer', 'analyst'],
    params: ById,
    status: 200,
    answer: CampaignAnswer,
  },
  putCampaign: {
    method: 'PUT',
    path: '/v1/campaigns/{id}',
    function: 'campaigns/manage-campaigns',
    summary: 'Write or replace a campaign; only until it runs.',
    access: ['marketer'],
    params: ById,
    body: CampaignInput,
    status: 200,
    answer: CampaignAnswer,
  },
  runCampaign: {
    method: 'POST',
    path: '/v1/campaigns/{id}/run',
    function: 'campaigns/manage-campaigns',
    summary: 'Address the audience now. Running it again reaches nobody twice.',
    access: ['marketer'],
    params: ById,
    status: 202,
    answer: CampaignAnswer,
  },
  reportCampaign: {
    method: 'GET',
    path: '/v1/campaigns/{id}/report',
    function: 'campaigns/manage-campaigns',
    summary: 'What became of the audience: sent, held out, refused by reason.',
    access: ['marketer', 'analyst'],
    params: ById,
    status: 200,
    answer: CampaignReport,
  },
  readOutbox: {
    method: 'GET',
    path: '/v1/campaigns/{id}/outbox',
    function: 'campaigns/manage-campaigns',
    summary: 'The messages as they were written, where the stage keeps them instead of sending.',
    access: ['marketer', 'privacy'],
    params: ById,
    query: Page,
    status: 200,
    answer: OutboxAnswer,
  },
  listRuns: {
    method: 'GET',
    path: '/v1/runs',
    function: 'night/read-runs',
    summary: 'The nights, newest first, and which one counts.',
    access: ['marketer', 'analyst', 'ops'],
    status: 200,
    answer: RunList,
  },
  getRun: {
    method: 'GET',
    path: '/v1/runs/{asOf}',
    function: 'night/read-runs',
    summary: 'One night with its report: counts, models, back-test.',
    access: ['marketer', 'analyst', 'ops'],
    params: z.object({ asOf: z.iso.date() }),
    status: 200,
    answer: RunAnswer,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
