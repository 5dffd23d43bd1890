import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoTable } from '../../../shared/adapters/aws/dynamo-table.ts';
import { eventBridgeBus } from '../../../shared/adapters/aws/event-bridge-bus.ts';
import { s3Blob } from '../../../shared/adapters/aws/s3-blob.ts';
import { sesSender } from '../../../shared/adapters/aws/ses-sender.ts';
import { keyring } from '../../../shared/adapters/crypto/keyring.ts';
import type { TableName } from '../../../shared/contracts/key.ts';
import { StageSettings } from '../../../shared/contracts/stage.ts';
import type { Blob } from '../../../shared/ports/blob.ts';
import type { Bus } from '../../../shared/ports/bus.ts';
import type { Clock } from '../../../shared/ports/clock.ts';
import type { Keyring } from '../../../shared/ports/keyring.ts';
import type { Sender } from '../../../shared/ports/sender.ts';
import type { Table } from '../../../shared/ports/table.ts';
import { fakeS3 } from '../../../test/adapters/fake-s3.ts';
import type { DynamoLocal } from '../../../test/support/dynamo-local.ts';
import { dynamoCounter } from '../aws/dynamo-counter.ts';
import { type Lambda, lambda } from '../aws/lambda.ts';
import { network } from '../aws/network.ts';
import { type Queues, queues } from '../aws/queues.ts';
import { fakeBus, fakeSender, filesCounter, overNetwork } from '../aws/services.ts';
import { watch } from '../aws/watch.ts';
import { reference } from '../reference.ts';
import type { Deployed } from '../template.ts';
import { plus, type Tally, tally, type Usage, without } from '../usage.ts';

/** A stage of its own for one scene: the real adapters over clients that count. */
export interface MeasuredStage {
  readonly settings: StageSettings;
  readonly table: Table;
  readonly bus: Bus;
  readonly blob: Blob;
  readonly senders: { readonly email: Sender; readonly sms: Sender };
  readonly keyring: () => Keyring;
  readonly clock: Clock;
  readonly tally: Tally;
  readonly lambda: Lambda;
  readonly queues: Queues;
  /** Not counted: to fill the tables and to look into them. */
  readonly plain: { readonly table: Table; readonly client: DynamoDBClient; readonly keyring: Keyring };
  readonly tableNames: Readonly<Record<TableName, string>>;
  /** Epoch milliseconds of the reference day. */
  now(): number;
  setNow(millis: number): void;
  /** Counts what `work` needs; the reading of images would spoil the times, so they are taken from `alike`. */
  measure(work: () => Promise<number>, alike: () => Promise<number>): Promise<Measured>;
  /** Sizes of the items written so far, by table and kind. */
  readonly written: ReadonlyMap<string, readonly number[]>;
  close(): void;
}

/** Per thing: what it needs once, and what it leaves behind for good. */
export interface Measured {
  readonly things: number;
  readonly usage: Usage;
  readonly kept: Usage;
}

const MASTER = Buffer.alloc(32, 7);

export async function openStage(
  local: DynamoLocal,
  deployed: Deployed,
  shards: number,
): Promise<MeasuredStage> {
  let now = Date.parse(reference.from);
  let timing = false;
  const clock = () => new Date(now).toISOString();
  const counted = tally();
  const kept = tally();
  const net = network();
  const written = new Map<string, number[]>();
  const tableNames = await local.createTables();
  const logicalNames = new Map(Object.entries(tableNames).map(([logical, physical]) => [physical, logical]));

  const units = dynamoCounter({
    plain: DynamoDBDocumentClient.from(local.client),
    tally: counted,
    kept,
    onWritten: ({ TableName, sk }, bytes) => {
      const kind = `${logicalNames.get(TableName)} ${sk.split('#', 1)[0]}`;
      written.set(kind, [...(written.get(kind) ?? []), bytes]);
    },
  });
  const dynamo = watch(
    new DynamoDBClient(local.config),
    overNetwork(net, (call) => (timing ? call.send() : units(call))),
  );
  const waiting = queues({ tally: counted });
  const elsewhere = { region: 'eu-west-1', credentials: { accessKeyId: 'cost', secretAccessKey: 'cost' } };
  const events = watch(
    new EventBridgeClient(elsewhere),
    overNetwork(
      net,
      fakeBus(counted, (name, body) => waiting.send(name, body, now)),
    ),
  );
  const files = await fakeS3();
  watch(files.client, overNetwork(net, filesCounter(counted, kept)));
  const mail = watch(new SESv2Client(elsewhere), overNetwork(net, fakeSender(counted)));
  const email = sesSender(mail, { from: 'news@example.com', configurationSet: 'clientele-europe' });

  const table = dynamoTable(dynamo, tableNames, clock);
  const plainTable = dynamoTable(local.client, tableNames, clock);
  const functions = lambda({ deployed, tally: counted, network: net, now: () => now });

  const run = async (work: () => Promise<number>): Promise<Measured> => {
    counted.take();
    kept.take();
    const things = await work();
    functions.settleTraces();
    return { things, usage: counted.take(), kept: kept.take() };
  };

  return {
    settings: StageSettings.parse({ ...reference.stage, shards }),
    table,
    bus: eventBridgeBus(events, 'clientele-europe'),
    blob: s3Blob(files.client, files.bucket),
    senders: { email, sms: email },
    keyring: () => keyring({ master: MASTER, table }),
    clock,
    tally: counted,
    lambda: functions,
    queues: waiting,
    plain: {
      table: plainTable,
      client: local.client,
      keyring: keyring({ master: MASTER, table: plainTable }),
    },
    tableNames,
    now: () => now,
    setNow: (millis) => {
      now = millis;
    },
    async measure(work, alike) {
      const measured = await run(work);
      timing = true;
      const timed = await run(alike);
      timing = false;
      const seconds = ((timed.usage.gbSeconds ?? 0) / timed.things) * measured.things;
      return { ...measured, usage: plus(without(measured.usage, ['gbSeconds']), { gbSeconds: seconds }) };
    },
    written,
    close: () => {
      dynamo.destroy();
      events.destroy();
      mail.destroy();
      files.stop();
    },
  };
}
