import type { TableName } from '../shared/contracts/key.ts';
import type { NightStep } from '../shared/contracts/night.ts';
import type { RouteName, routes } from '../shared/contracts/routes.ts';
import type { Reactor } from '../shared/contracts/topology.ts';

export type RouteFunction = (typeof routes)[RouteName]['function'];

/** Every function, by its folder under functions/. */
export type FunctionName =
  | RouteFunction
  | Reactor
  | `night/${NightStep}`
  | 'night/fail'
  | 'night/check'
  | 'ingest/poll-shops'
  | 'outbox/relay-messages';

/**
 * As IAM spells them. A put under a condition is PutItem, one without is UpdateItem; `add` is both, and GetItem
 * when an answer was lost. A transaction is asked about each of its parts.
 */
export type TableAction =
  | 'GetItem'
  | 'BatchGetItem'
  | 'Query'
  | 'Scan'
  | 'PutItem'
  | 'UpdateItem'
  | 'DeleteItem';

/**
 * What a function gets: nothing that does not stand here is granted or set. test/stacks/aws-path.test.ts runs the
 * functions with just these rights, and names every one that is missing or that nothing uses.
 */
export interface FunctionNeeds {
  /** Lambda gives one vCPU at 1,769 MB, and a share of it below. */
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Most runs at once of a function behind a queue (2 to 100), so that a backlog leaves room for others. */
  readonly concurrency?: number;
  /** Runs with every event: at one trace a second and more, X-Ray would cost a quarter of what the event costs. */
  readonly untraced?: true;
  readonly tables?: Partial<Record<TableName, readonly TableAction[]>>;
  readonly files?: { readonly folder: 'runs' | 'archive'; readonly access: readonly ('read' | 'write')[] };
  readonly bus?: true;
  /** The master secret, which keys all hashes and seals. */
  readonly secret?: true;
  /** Runs JSONata: a thread, whose code is bundled beside the function. */
  readonly mapper?: true;
  /** To send on every channel of the stage, or to keep messages in the vault where one ends in the house. */
  readonly senders?: true;
}

/** API Gateway gives up after 30 seconds. */
const http = { memoryMb: 512, timeoutSeconds: 29 } as const;
/** One shard of ten thousand customers takes seconds; the rest is room for shards that were cut too large. */
const shard = { memoryMb: 1_769, timeoutSeconds: 900 } as const;
/** Nobody else writes to what they read first, so their puts need no condition. */
const readThenPut = ['GetItem', 'UpdateItem'] as const;
/** Refused events, each kept once and counted in the same commit. */
const keepAndCount = ['GetItem', 'BatchGetItem', 'PutItem'] as const;
const sealing = ['GetItem', 'PutItem'] as const;

export const functionNeeds: Readonly<Record<FunctionName, FunctionNeeds>> = {
  'api/describe': { memoryMb: 256, timeoutSeconds: 10 },
  'ingest/accept-events': {
    ...http,
    untraced: true,
    tables: { facts: ['BatchGetItem'], control: keepAndCount, vault: sealing },
    bus: true,
    secret: true,
  },
  'ingest/take-webhooks': {
    ...http,
    tables: { facts: ['BatchGetItem'], control: [...keepAndCount, 'UpdateItem'], vault: sealing },
    bus: true,
    secret: true,
    mapper: true,
  },
  'ingest/manage-sources': {
    ...http,
    tables: {
      control: ['GetItem', 'Query', 'PutItem', 'DeleteItem'],
      vault: [...sealing, 'DeleteItem'],
    },
    secret: true,
    mapper: true,
  },
  'ingest/manage-quarantine': {
    ...http,
    tables: {
      facts: ['BatchGetItem'],
      control: [...keepAndCount, 'Query', 'UpdateItem', 'DeleteItem'],
      vault: sealing,
    },
    bus: true,
    secret: true,
    mapper: true,
  },
  'ingest/poll-shops': {
    memoryMb: 512,
    timeoutSeconds: 900,
    tables: {
      facts: ['BatchGetItem'],
      control: ['Query', ...keepAndCount, 'UpdateItem'],
      vault: sealing,
    },
    bus: true,
    secret: true,
  },
  'ingest/archive-events': {
    memoryMb: 512,
    timeoutSeconds: 60,
    concurrency: 10,
    untraced: true,
    files: { folder: 'archive', access: ['write'] },
  },
  'ingest/watch-feeds': {
    memoryMb: 512,
    timeoutSeconds: 60,
    concurrency: 10,
    untraced: true,
    tables: { control: ['BatchGetItem', 'Query', 'PutItem'] },
  },
  'ingest/read-feeds': { ...http, tables: { control: ['GetItem', 'Query'] } },
  'customers/fold-events': {
    memoryMb: 1_024,
    timeoutSeconds: 60,
    concurrency: 100,
    untraced: true,
    tables: {
      // What waited for its sale, and the exception with it, go when the sale comes; so do call-backs that were made.
      customers: ['BatchGetItem', 'PutItem', 'UpdateItem', 'DeleteItem'],
      facts: ['BatchGetItem', 'PutItem'],
      vault: ['BatchGetItem', ...sealing],
      control: [...keepAndCount, 'UpdateItem', 'DeleteItem'],
    },
    secret: true,
  },
  'customers/read-customers': {
    ...http,
    tables: {
      customers: ['BatchGetItem'],
      facts: ['Query', 'BatchGetItem'],
      vault: ['BatchGetItem', 'GetItem'],
      control: ['Query'],
    },
    secret: true,
  },
  'customers/settle-exceptions': {
    ...http,
    tables: { control: ['Query', 'BatchGetItem', 'GetItem', 'UpdateItem'] },
  },
  'customers/manage-identity': {
    ...http,
    tables: {
      customers: ['GetItem', 'BatchGetItem', 'PutItem'],
      control: ['GetItem', 'BatchGetItem', 'Query', 'PutItem'],
      vault: ['BatchGetItem', ...sealing],
    },
    secret: true,
  },
  'segments/manage-segments': {
    ...http,
    tables: { control: ['GetItem', 'Query', 'UpdateItem'] },
    files: { folder: 'runs', access: ['read'] },
  },
  'campaigns/manage-campaigns': {
    ...http,
    tables: {
      control: ['GetItem', 'Query', 'PutItem'],
      vault: ['GetItem', 'Query'],
      outbox: ['UpdateItem'],
    },
    secret: true,
  },
  'campaigns/address-shard': {
    ...shard,
    concurrency: 10,
    tables: {
      customers: ['Scan', 'GetItem', 'BatchGetItem', 'PutItem'],
      facts: ['BatchGetItem', 'PutItem'],
      control: ['GetItem', 'Query', 'PutItem', 'UpdateItem'],
      vault: ['GetItem', 'BatchGetItem'],
    },
    secret: true,
    senders: true,
  },
  'campaigns/take-feedback': {
    memoryMb: 256,
    timeoutSeconds: 60,
    concurrency: 5,
    tables: {
      customers: ['BatchGetItem', 'PutItem'],
      facts: ['BatchGetItem', 'PutItem'],
      control: ['BatchGetItem', 'PutItem'],
    },
    secret: true,
  },
  'outbox/relay-messages': { memoryMb: 256, timeoutSeconds: 60, bus: true },
  'night/read-runs': { ...http, tables: { control: ['GetItem', 'Query'] } },
  'night/open': { memoryMb: 256, timeoutSeconds: 60, tables: { control: readThenPut } },
  'night/snapshot': {
    ...shard,
    tables: { customers: ['Scan', 'BatchGetItem'] },
    files: { folder: 'runs', access: ['write'] },
  },
  'night/fit': { memoryMb: 3_008, timeoutSeconds: 900, files: { folder: 'runs', access: ['read', 'write'] } },
  'night/score': {
    ...shard,
    tables: { customers: ['UpdateItem', 'DeleteItem'] },
    files: { folder: 'runs', access: ['read', 'write'] },
  },
  'night/publish': {
    memoryMb: 1_024,
    timeoutSeconds: 300,
    tables: { control: readThenPut },
    files: { folder: 'runs', access: ['read'] },
  },
  'night/fail': { memoryMb: 256, timeoutSeconds: 60, tables: { control: readThenPut } },
  'night/check': { memoryMb: 256, timeoutSeconds: 60, tables: { control: ['GetItem'] } },
};
