import * as z from 'zod';
import { CustomerId } from '../domain/kernel/ids.ts';
import {
  DecisionAnswer,
  DismissAnswer,
  DismissBody,
  IdentityAnswer,
  MergeBody,
  PreviewAnswer,
  ProposalsAnswer,
  ProposalsQuery,
  UnmergeBody,
} from './identity-schemas.ts';
import type { Route } from './route.ts';

const deciding = ['marketer', 'ops'] as const;
const throttle = { perSecond: 5, burst: 10 };

/** Who is one customer: what stands behind it, what people are asked, what they decide. */
export const identityRoutes = {
  getIdentity: {
    method: 'GET',
    path: '/v1/customers/{id}/identity',
    function: 'customers/manage-identity',
    summary: 'Why these profiles are one customer: what was seen together, when, and what people decided.',
    access: ['marketer', 'privacy', 'ops'],
    throttle,
    params: z.object({ id: CustomerId }),
    status: 200,
    answer: IdentityAnswer,
  },
  listProposals: {
    method: 'GET',
    path: '/v1/identity/proposals',
    function: 'customers/manage-identity',
    summary: 'Pairs of customers who may be one; pages may be shorter than asked for.',
    access: deciding,
    throttle,
    query: ProposalsQuery,
    status: 200,
    answer: ProposalsAnswer,
  },
  dismissProposal: {
    method: 'POST',
    path: '/v1/identity/proposals/{id}/dismiss',
    function: 'customers/manage-identity',
    summary: 'These two are not one customer: never propose them again for this reason.',
    access: deciding,
    throttle,
    params: z.object({ id: z.string().min(1).max(200) }),
    body: DismissBody,
    status: 200,
    answer: DismissAnswer,
  },
  previewMerge: {
    method: 'POST',
    path: '/v1/identity/merge/preview',
    function: 'customers/manage-identity',
    summary: 'What one customer of these two would look like, or why it is refused. Changes nothing.',
    access: [...deciding, 'clerk'],
    throttle,
    body: MergeBody,
    status: 200,
    answer: PreviewAnswer,
  },
  mergeCustomers: {
    method: 'POST',
    path: '/v1/identity/merge',
    function: 'customers/manage-identity',
    summary: 'Make two customers one, also two members. Can be taken back.',
    access: deciding,
    throttle,
    body: MergeBody,
    status: 200,
    answer: DecisionAnswer,
  },
  previewUnmerge: {
    method: 'POST',
    path: '/v1/identity/unmerge/preview',
    function: 'customers/manage-identity',
    summary: 'Which customers would come of taking this one apart, or why it is refused. Changes nothing.',
    access: [...deciding, 'clerk'],
    throttle,
    body: UnmergeBody,
    status: 200,
    answer: PreviewAnswer,
  },
  unmergeCustomers: {
    method: 'POST',
    path: '/v1/identity/unmerge',
    function: 'customers/manage-identity',
    summary: 'Take back a merge, or take profiles out of a customer; they are kept apart from then on.',
    access: deciding,
    throttle,
    body: UnmergeBody,
    status: 200,
    answer: DecisionAnswer,
  },
} as const satisfies Record<string, Route>;
