import {
  type AttributeValue,
  CreateTableCommand,
  DynamoDBClient,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { FunctionName } from '../../../lib/function-needs.ts';
import { dynamoTable } from '../../../shared/adapters/aws/dynamo-table.ts';
import { masterSecret } from '../../../shared/adapters/aws/master-secret.ts';
import { keyring as openKeyring } from '../../../shared/adapters/crypto/keyring.ts';
import type { TableName } from '../../../shared/contracts/key.ts';
import type { Message } from '../../../shared/contracts/messages.ts';
import { type Consumer, consumers } from '../../../shared/contracts/topology.ts';
import type { Keyring } from '../../../shared/ports/keyring.ts';
import type { Table } from '../../../shared/ports/table.ts';
import type { DynamoLocal } from '../../support/dynamo-local.ts';
import { context } from '../../support/lambda-context.ts';
import { ACCOUNT, nameOf, textOf } from '../references.ts';
import type { Resource, Synthesised } from '../synthesised.ts';
import { demandsOf } from './calls.ts';
import { awsFront, type Seen } from './front.ts';
import { type Ledger, ledger } from './ledger.ts';

type Handler = (event: unknown, context: unknown) => Promise<unknown>;

interface Needs {
  readonly local: DynamoLocal;
  /** Loads a function anew, with nothing in memory of what others did. */
  readonly load: (name: FunctionName) => Promise<{ readonly handler: unknown }>;
}

interface Deployed {
  readonly resource: Resource;
  readonly ledger: Ledger;
  handler?: Handler;
}

export interface InProcess {
  readonly seen: Seen;
  /** Past all rights, for what a test prepares. */
  readonly store: Table;
  readonly keyring: Keyring;
  readonly running: () => FunctionName | undefined;
  readonly ledgerOf: (name: string) => Ledger;
  invoke<Answer>(name: FunctionName, event: unknown): Promise<Answer>;
  /** Forgets what the function has in memory. */
  restart(name: FunctionName): void;
  /** Relays what stands in the outbox and delivers what is on the bus, until nothing is left. */
  settle(): Promise<void>;
  close(): void;
}

/**
 * One stage in this process: every function runs the code and the adapters that it has on AWS, with the
 * environment and the rights that its template gives it. What the template does not allow is refused.
 */
export async function awsInProcess(stage: Synthesised, { local, load }: Needs): Promise<InProcess> {
  const { region } = stage.written;
  const client = new DynamoDBClient({ ...local.config, region });
  const tables = stage.of('AWS::DynamoDB::GlobalTable');
  for (const { properties, id } of tables) {
    const { KeySchema, AttributeDefinitions, BillingMode } = properties;
    await client.send(
      new CreateTableCommand({ TableName: id, KeySchema, AttributeDefinitions, BillingMode }),
    );
  }
  const functions = new Map<string, Deployed>(
    stage
      .of('AWS::Lambda::Function')
      .map((resource) => [resource.properties.Description, { resource, ledger: ledger(stage, resource) }]),
  );
  const deployed = (name: string): Deployed => {
    const found = functions.get(name);
    if (found === undefined) throw new Error(`${name} is not deployed`);
    return found;
  };

  let running: FunctionName | undefined;
  const { url, seen, close } = await awsFront({
    dynamo: new URL(String(local.config.endpoint)),
    // Nobody runs: the test itself prepares something.
    mayCall: (call) =>
      running === undefined || deployed(running).ledger.ask(demandsOf(call, `${region}:${ACCOUNT}`)),
  });

  const tableNamed = (name: TableName): string => {
    const table = tables.find(({ id }) => id.toLowerCase().startsWith(name));
    return table === undefined ? name : nameOf(stage, table);
  };
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const secrets = new SecretsManagerClient({ endpoint: url, region, credentials });
  const store = dynamoTable(client, {
    customers: tableNamed('customers'),
    facts: tableNamed('facts'),
    vault: tableNamed('vault'),
    control: tableNamed('control'),
    outbox: tableNamed('outbox'),
  });

  const environmentOf = (resource: Resource): Record<string, string> => ({
    ...Object.fromEntries(
      Object.entries<unknown>(resource.properties.Environment.Variables).map(([name, value]) => [
        name,
        textOf(stage, resource, value),
      ]),
    ),
    AWS_REGION: region,
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });

  async function invoke<Answer>(name: FunctionName, event: unknown): Promise<Answer> {
    const one = deployed(name);
    const before = { ...process.env };
    Object.assign(process.env, environmentOf(one.resource));
    running = name;
    try {
      one.handler ??= (await load(name)).handler as Handler;
      return (await one.handler(structuredClone(event), context)) as Answer;
    } finally {
      running = undefined;
      process.env = before;
    }
  }

  const relayed = new Set<string>();

  async function relay(): Promise<void> {
    const { Items = [] } = await client.send(new ScanCommand({ TableName: tableNamed('outbox') }));
    const fresh = Items.filter(({ pk }) => !relayed.has(String(pk?.S)));
    for (const { pk } of fresh) relayed.add(String(pk?.S));
    const Records = fresh.map((image) => ({
      eventName: 'INSERT',
      dynamodb: { SequenceNumber: image['pk']?.S, NewImage: streamed(image) },
    }));
    if (fresh.length > 0) await invoke('outbox/relay-messages', { Records });
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

  return {
    seen,
    store,
    keyring: openKeyring({ master: await masterSecret(secrets, 'master'), table: store }),
    running: () => running,
    ledgerOf: (name) => deployed(name).ledger,
    invoke,
    restart(name) {
      delete deployed(name).handler;
    },
    async settle() {
      await relay();
      for (let message = seen.published.shift(); message !== undefined; message = seen.published.shift()) {
        await deliver(message);
        await relay();
      }
    },
    close() {
      close();
      client.destroy();
    },
  };
}

/** Streams hand bytes over in base64. */
const streamed = (image: Readonly<Record<string, AttributeValue>>): object =>
  Object.fromEntries(
    Object.entries(image).map(([name, value]) => [
      name,
      value.B === undefined ? value : { B: Buffer.from(value.B).toString('base64') },
    ]),
  );

const listenersTo = ({ name }: Message): Consumer[] =>
  (Object.keys(consumers) as Consumer[]).filter((consumer) =>
    (consumers[consumer].on as readonly string[]).includes(name),
  );
