import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionName } from '../../lib/function-needs.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { fileBlob } from '../../shared/adapters/local/file-blob.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import type { Message } from '../../shared/contracts/messages.ts';
import { type Consumer, consumers } from '../../shared/contracts/topology.ts';
import type { Blob } from '../../shared/ports/blob.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { Outgoing, Sender } from '../../shared/ports/sender.ts';
import type { Table, Write } from '../../shared/ports/table.ts';
import { context } from '../support/lambda-context.ts';
import { listed, type Resource, type Synthesised, statementsOf } from './synthesised.ts';

type Invoke = (event: unknown, context: unknown) => Promise<unknown>;

/**
 * One stage with its services in this process: every function runs with the environment and the rights that
 * its template gives it, over the stores of the single machine. What the template does not allow is refused.
 */
export function awsInProcess(
  stage: Synthesised,
  load: (name: FunctionName) => Promise<{ handler: unknown }>,
) {
  const database = openDatabase(':memory:', { durable: false });
  const store = sqliteTable(database, () => new Date().toISOString());
  const folder = mkdtempSync(join(tmpdir(), 'clientele-files-'));
  const files = fileBlob(folder);
  const rights = rightsIn(stage);
  const published: Message[] = [];
  const sent: Outgoing[] = [];
  let running: FunctionName | undefined;

  const demand = (action: string, resource: string): void => {
    const allowed = rights.get(running ?? '') ?? [];
    if (!allowed.some((right) => right.action === action && right.resource.includes(resource))) {
      throw new Error(`AccessDenied: ${running} may not ${action} on ${resource}`);
    }
  };
  /** Names of tables begin as their logical ids do. */
  const demandOn = (table: TableName, ...actions: string[]): void => {
    for (const action of actions) demand(`dynamodb:${action}`, `${table[0]?.toUpperCase()}${table.slice(1)}`);
  };
  const demandWrite = (write: Write): void => {
    if ('remove' in write) demandOn(write.remove.table, 'DeleteItem');
    else if (write.if === undefined) demandOn(write.put.table, 'UpdateItem');
    else demandOn(write.put.table, 'PutItem');
  };

  const table = (names: Readonly<Record<TableName, string>>): Table => {
    const named = (name: TableName): void => {
      if (!names[name].includes(name[0]?.toUpperCase() + name.slice(1)))
        throw new Error(`${names[name]} is not ${name}`);
    };
    return {
      async get(key) {
        named(key.table);
        demandOn(key.table, 'GetItem');
        return store.get(key);
      },
      async getMany(keys) {
        for (const key of keys) named(key.table);
        for (const key of keys) demandOn(key.table, 'BatchGetItem');
        return store.getMany(keys);
      },
      async query(query) {
        named(query.table);
        demandOn(query.table, 'Query');
        return store.query(query);
      },
      async scan(scan) {
        named(scan.table);
        demandOn(scan.table, 'Scan');
        return store.scan(scan);
      },
      async commit(writes) {
        for (const write of writes) demandWrite(write);
        return store.commit(writes);
      },
      async add(key, increments) {
        named(key.table);
        demandOn(key.table, 'UpdateItem');
        return store.add(key, increments);
      },
    };
  };

  const blob = (bucket: string): Blob => {
    const within = (name: string): string => `${bucket}/${name.split('/')[0]}/*`;
    return {
      async write(name, lines) {
        demand('s3:PutObject', within(name));
        await files.write(name, lines);
      },
      async *read(name) {
        demand('s3:GetObject', within(name));
        yield* files.read(name);
      },
      async list(prefix) {
        demand('s3:ListBucket', bucket);
        return files.list(prefix);
      },
    };
  };

  const bus: Bus = {
    async publish(messages) {
      demand('events:PutEvents', 'Bus');
      published.push(...messages);
    },
  };

  const sender = (action: string): Sender => ({
    async send(message) {
      demand(action, '');
      sent.push(message);
      return { status: 'sent', reference: `r-${sent.length}` };
    },
  });

  async function invoke<Answer>(name: FunctionName, event: unknown): Promise<Answer> {
    const { handler } = await load(name);
    const before = { ...process.env };
    Object.assign(process.env, environmentOf(stage, name));
    running = name;
    try {
      return (await (handler as Invoke)(structuredClone(event), context)) as Answer;
    } finally {
      running = undefined;
      process.env = before;
    }
  }

  const relayed = new Set<string>();

  async function relay(): Promise<void> {
    const { items } = await store.scan({ table: 'outbox', segment: 0, of: 1, limit: 1_000 });
    const fresh = items.filter(({ pk }) => !relayed.has(pk));
    for (const { pk } of fresh) relayed.add(pk);
    if (fresh.length > 0) await invoke('outbox/relay-messages', { Records: fresh.map(streamRecord) });
  }

  async function deliver(message: Message): Promise<void> {
    const body = JSON.stringify({ 'detail-type': message.name, detail: message.detail });
    for (const consumer of listenersTo(message)) {
      const { batchItemFailures } = await invoke<{ batchItemFailures: unknown[] }>(consumer, {
        Records: [{ messageId: 'm-1', body }],
      });
      if (batchItemFailures.length > 0) throw new Error(`${consumer} did not consume ${message.name}`);
    }
  }

  /** Relays what stands in the outbox and delivers what is on the bus, until nothing is left. */
  async function settle(): Promise<void> {
    await relay();
    for (let message = published.shift(); message !== undefined; message = published.shift()) {
      await deliver(message);
      await relay();
    }
  }

  const close = (): void => {
    database.close();
    rmSync(folder, { recursive: true });
  };

  return { invoke, settle, store, table, blob, bus, sender, demand, sent, close };
}

const listenersTo = ({ name }: Message): Consumer[] =>
  (Object.keys(consumers) as Consumer[]).filter((consumer) =>
    (consumers[consumer].on as readonly string[]).includes(name),
  );

const streamRecord = ({
  pk,
  sk,
  version,
  value,
}: {
  pk: string;
  sk: string;
  version: number;
  value: unknown;
}) => ({
  eventName: 'INSERT',
  dynamodb: {
    SequenceNumber: pk,
    NewImage: {
      pk: { S: pk },
      sk: { S: sk },
      version: { N: String(version) },
      value: { S: JSON.stringify(value) },
    },
  },
});

const functionOf = (stage: Synthesised, name: string): Resource | undefined =>
  stage.of('AWS::Lambda::Function').find(({ properties }) => properties.Description === name);

/** References stand for the names that CloudFormation puts there; they carry the logical id. */
const environmentOf = (stage: Synthesised, name: FunctionName): Record<string, string> =>
  Object.fromEntries(
    Object.entries<unknown>(functionOf(stage, name)?.properties.Environment.Variables ?? {}).map(
      ([key, value]) => [key, textOf(value)],
    ),
  );

/** A value of a template as text; joins are joined, references written out. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  const { 'Fn::Join': join } = value as { 'Fn::Join'?: [string, unknown[]] };
  return join === undefined ? JSON.stringify(value) : join[1].map(textOf).join(join[0]);
}

function rightsIn(stage: Synthesised): ReadonlyMap<string, readonly { action: string; resource: string }[]> {
  const policies = stage.of('AWS::IAM::Policy');
  return new Map(
    stage.of('AWS::Lambda::Function').map((fn) => {
      const role = stage.at(fn, fn.properties.Role);
      const own = policies.filter(
        (policy) =>
          policy.stack === fn.stack &&
          policy.properties.Roles.some((one: unknown) => stage.at(policy, one) === role),
      );
      const allowed = own
        .flatMap(statementsOf)
        .flatMap(({ Action, Resource: resources }) =>
          listed(Action).flatMap((action) =>
            listed(resources).map((resource) => ({ action: String(action), resource: textOf(resource) })),
          ),
        );
      return [String(fn.properties.Description), allowed];
    }),
  );
}
