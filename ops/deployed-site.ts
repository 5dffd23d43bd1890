import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { Part } from '../shared/contracts/deployed.ts';
import { runNight } from './night/run-night.ts';
import { type OpenStage, openStage } from './open-stage.ts';
import { redriveNight } from './redrive/redrive-night.ts';
import { redriveOutbox } from './redrive/redrive-outbox.ts';
import { redriveQueue } from './redrive/redrive-queue.ts';
import { restoreTables } from './restore/restore-tables.ts';
import type { Redriven, RedriveOptions, Site } from './site.ts';

/** A deployed stage by its name. */
export const deployedSite = async (name: string): Promise<Site> => siteOf(await openStage(name));

export const siteOf = (opened: OpenStage): Site => {
  const { clients, deployed, table, blob, bus, digest, clock, stage, keyring } = opened;
  return {
    table,
    blob,
    bus,
    digest,
    clock,
    stage,
    keyring,
    backlog: async () => ({
      pending: await countAll(clients.sqs, deployed.queues),
      dead: await countAll(clients.sqs, deployed.deadLetters),
    }),
    workOff: async () => undefined,
    settle: async () => undefined,
    runNight: (asOf, watch) =>
      runNight({ sfn: clients.sfn, machine: deployed.nightMachine, clock, stage }, asOf, watch),
    redrive: (part, options) => redrive(opened, part, options),
    async restore(say) {
      const copy = await restoreTables({ dynamo: clients.dynamo, tables: deployed.tables, say });
      return { ...copy, beside: besideTables(opened) };
    },
    close: () => {
      for (const client of Object.values(clients)) client.destroy();
    },
  };
};

async function redrive(
  { clients: { sqs, sfn }, deployed, table, bus, clock, stage }: OpenStage,
  part: Part,
  options: RedriveOptions,
): Promise<Redriven> {
  const letters = deployed.deadLetters[part];
  switch (part) {
    case 'outbox/relay-messages':
      return redriveOutbox({ sqs, letters, table, bus }, options);
    case 'night':
      return redriveNight(
        { sqs, sfn, letters, machine: deployed.nightMachine, table, clock, stage },
        options,
      );
    default:
      return redriveQueue(
        { sqs, from: letters, to: deployed.queues[part], logs: `/clientele/${deployed.name}/${part}` },
        options,
      );
  }
}

async function countAll<K extends string>(
  sqs: SQSClient,
  queues: Readonly<Record<K, string>>,
): Promise<Readonly<Record<K, number>>> {
  const counts = Object.entries<string>(queues).map(
    async ([name, url]) => [name, await countMessages(sqs, url)] as const,
  );
  return Object.fromEntries(await Promise.all(counts)) as Record<K, number>;
}

/** Visible, taken and delayed ones. */
async function countMessages(sqs: SQSClient, QueueUrl: string): Promise<number> {
  const { Attributes = {} } = await sqs.send(
    new GetQueueAttributesCommand({
      QueueUrl,
      AttributeNames: [
        'ApproximateNumberOfMessages',
        'ApproximateNumberOfMessagesNotVisible',
        'ApproximateNumberOfMessagesDelayed',
      ],
    }),
  );
  return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
}

const besideTables = ({ deployed }: OpenStage): readonly string[] => [
  `The master secret ${deployed.masterSecret} is in no backup: without it nobody can read names or addresses, nor know a customer again. It outlives the stack; let nobody delete it.`,
  `The bucket ${deployed.bucket} (archive, files of the nights) keeps old versions for 30 days, and was not part of this drill.`,
  'A restored table has no stream, expiry, protection, recovery, tags or alarms of its own.',
];
