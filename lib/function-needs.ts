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
  | 'outbox/relay-messages';

export type TableAccess = 'read' | 'write' | 'remove' | 'scan';

/** What a function gets: nothing that does not stand here is granted or set. */
export interface FunctionNeeds {
  /** Lambda gives one vCPU at 1,769 MB, and a share of it below. */
  readonly memoryMb: number;
  readonly timeoutSeconds: number;
  /** Most runs at once of a function behind a queue (2 to 1,000), so that a backlog leaves room for others. */
  readonly concurrency?: number;
  readonly tables?: Partial<Record<TableName, readonly TableAccess[]>>;
  readonly files?: { readonly folder: 'runs' | 'archive'; readonly access: readonly ('read' | 'write')[] };
  readonly bus?: true;
  /** The master secret, which keys all hashes and seals. */
  readonly secret?: true;
  readonly senders?: true;
}

/** API Gateway gives up after 30 seconds. */
const http = { memoryMb: 512, timeoutSeconds: 29 } as const;
/** One shard of ten thousand customers takes seconds; the rest is room for shards that were cut too large. */
const shard = { memoryMb: 1_769, timeoutSeconds: 900 } as const;
const readWrite = ['read', 'write'] as const;

export const functionNeeds: Readonly<Record<FunctionName, FunctionNeeds>> = {
  'api/describe': { memoryMb: 256, timeoutSeconds: 10 },
  'ingest/accept-events': {
    ...http,
    tables: { facts: ['read'], control: readWrite, vault: readWrite },
    bus: true,
    secret: true,
  },
  'ingest/archive-events': {
    memoryMb: 512,
    timeoutSeconds: 60,
    concurrency: 10,
    files: { folder: 'archive', access: ['write'] },
  },
  'customers/fold-events': {
    memoryMb: 1_024,
    timeoutSeconds: 60,
    concurrency: 100,
    tables: { customers: readWrite, facts: readWrite, vault: readWrite, control: readWrite },
    secret: true,
  },
  'customers/read-customers': {
    ...http,
    tables: { customers: ['read'], facts: ['read'], vault: ['read'] },
    secret: true,
  },
  'segments/manage-segments': {
    ...http,
    tables: { control: readWrite },
    files: { folder: 'runs', access: ['read'] },
  },
  'campaigns/manage-campaigns': {
    ...http,
    tables: { control: readWrite, vault: ['read'], outbox: ['write'] },
    secret: true,
  },
  'campaigns/address-shard': {
    ...shard,
    concurrency: 10,
    tables: { customers: ['read', 'write', 'scan'], control: readWrite, vault: readWrite },
    secret: true,
    senders: true,
  },
  'campaigns/take-feedback': {
    memoryMb: 256,
    timeoutSeconds: 60,
    concurrency: 5,
    tables: { customers: readWrite, control: readWrite },
    secret: true,
  },
  'outbox/relay-messages': { memoryMb: 256, timeoutSeconds: 60, bus: true },
  'night/read-runs': { ...http, tables: { control: ['read'] } },
  'night/open': { memoryMb: 256, timeoutSeconds: 60, tables: { control: readWrite } },
  'night/snapshot': {
    ...shard,
    tables: { customers: ['read', 'scan'] },
    files: { folder: 'runs', access: ['write'] },
  },
  'night/fit': { memoryMb: 3_008, timeoutSeconds: 900, files: { folder: 'runs', access: readWrite } },
  'night/score': {
    ...shard,
    tables: { customers: ['write', 'remove'] },
    files: { folder: 'runs', access: readWrite },
  },
  'night/publish': {
    memoryMb: 1_024,
    timeoutSeconds: 300,
    tables: { control: readWrite },
    files: { folder: 'runs', access: ['read'] },
  },
  'night/fail': { memoryMb: 256, timeoutSeconds: 60, tables: { control: readWrite } },
};
