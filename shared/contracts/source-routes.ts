import * as z from 'zod';
import { Slug } from '../domain/kernel/ids.ts';
import type { Route } from './route.ts';
import {
  HookAnswer,
  PreviewAnswer,
  PreviewInput,
  SecretAdded,
  SecretInput,
  SecretRevoked,
  SourceAnswer,
  SourceInput,
  SourceList,
  SourceRemoved,
} from './source-schemas.ts';

const ById = z.object({ id: Slug });
const throttle = { perSecond: 5, burst: 10 } as const;
const manage = { function: 'ingest/manage-sources', throttle, status: 200 } as const;

/** Webhooks: who may call, and the door itself. */
export const sourceRoutes = {
  listSources: {
    ...manage,
    method: 'GET',
    path: '/v1/sources',
    summary: 'Who may call webhooks, and how old their secrets are.',
    access: ['ops', 'marketer'],
    answer: SourceList,
  },
  getSource: {
    ...manage,
    method: 'GET',
    path: '/v1/sources/{id}',
    summary: 'One source.',
    access: ['ops', 'marketer'],
    params: ById,
    answer: SourceAnswer,
  },
  putSource: {
    ...manage,
    method: 'PUT',
    path: '/v1/sources/{id}',
    summary: 'Let somebody call webhooks, or change how it is understood; secrets stay.',
    access: ['ops'],
    params: ById,
    body: SourceInput,
    answer: SourceAnswer,
  },
  removeSource: {
    ...manage,
    method: 'DELETE',
    path: '/v1/sources/{id}',
    summary: 'Shut a source out for ever; what it sent stays.',
    access: ['ops'],
    params: ById,
    answer: SourceRemoved,
  },
  addSourceSecret: {
    ...manage,
    method: 'POST',
    path: '/v1/sources/{id}/secrets',
    summary: 'A further secret, the shop’s or a new one; two may live side by side.',
    access: ['ops'],
    params: ById,
    body: SecretInput,
    answer: SecretAdded,
  },
  revokeSourceSecret: {
    ...manage,
    method: 'DELETE',
    path: '/v1/sources/{id}/secrets/{secret}',
    summary: 'Shut one secret out, at once.',
    access: ['ops'],
    params: ById.extend({ secret: z.string().max(64) }),
    answer: SecretRevoked,
  },
  previewSource: {
    ...manage,
    method: 'POST',
    path: '/v1/sources/{id}/preview',
    summary: 'What a message would become, by the mapping as it is or by another; nothing is kept.',
    access: ['ops', 'marketer'],
    params: ById,
    body: PreviewInput,
    answer: PreviewAnswer,
  },
  takeHook: {
    method: 'POST',
    path: '/v1/hooks/{id}',
    function: 'ingest/take-webhooks',
    summary: 'A webhook of a source, which proves itself by its signature over the body.',
    access: 'open',
    asItCame: true,
    throttle: { perSecond: 50, burst: 100 },
    // Any text: what is no name of a source is answered like one that is not there.
    params: z.object({ id: z.string().max(100) }),
    body: z.unknown(),
    status: 200,
    answer: HookAnswer,
  },
} as const satisfies Record<string, Route>;

export type SourceRoute = Exclude<keyof typeof sourceRoutes, 'takeHook'>;
