import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import type { Reactor } from '../../../shared/contracts/topology.ts';
import { groupsOf } from '../../../shared/domain/kernel/groups.ts';
import { eventually } from '../../support/eventually.ts';
import type { DrillStage } from './stage.ts';

interface Taken {
  readonly body: string;
  /** How often it was delivered, this time included. */
  readonly receives: number;
}

/** A queue of the stage, as its operator sees it. */
export interface DrilledQueue {
  /** Messages in it, whether they wait or somebody works on them. */
  readonly size: () => Promise<number>;
  /** Waits until nothing is left in it. */
  readonly drained: () => Promise<void>;
  readonly send: (...bodies: readonly string[]) => Promise<void>;
  /** Takes out everything that is in it. */
  readonly takeAll: () => Promise<readonly Taken[]>;
  /** How soon a message that was not dealt with comes again; answers how to set it back. */
  readonly comeAgainAfter: (seconds: number) => Promise<() => Promise<void>>;
}

const COUNTS = [
  'ApproximateNumberOfMessages',
  'ApproximateNumberOfMessagesNotVisible',
  'ApproximateNumberOfMessagesDelayed',
] as const;

/** A busy machine needs several times as long as an idle one. */
const MOST_MILLIS = 120_000;

/** Services count approximately: one empty look is not proof. */
const LOOKS = 4;

/** The work queue of a reactor, or its dead letters. */
export function drilledQueue(
  { clients: { sqs }, deployed, endpoint }: DrillStage,
  of: Reactor,
  kind: 'queues' | 'deadLetters' = 'queues',
): DrilledQueue {
  // Emulators tell addresses under names of their own.
  const QueueUrl = new URL(new URL(deployed[kind][of]).pathname, endpoint).href;
  const read = async () =>
    (await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }))).Attributes ?? {};
  const write = (seconds: string) =>
    sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: seconds } }));
  const size = async () => {
    const attributes = await read();
    return COUNTS.reduce((sum, name) => sum + Number(attributes[name] ?? 0), 0);
  };
  return {
    size,
    async drained() {
      let looks = 0;
      const empty = (messages: number) => {
        looks = messages === 0 ? looks + 1 : 0;
        return looks === LOOKS;
      };
      await eventually(size, empty, MOST_MILLIS);
    },
    async send(...bodies) {
      for (const group of groupsOf(bodies, 10)) {
        const Entries = group.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
        await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
      }
    },
    async takeAll() {
      const taken: Taken[] = [];
      for (;;) {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({
            QueueUrl,
            MaxNumberOfMessages: 10,
            MessageSystemAttributeNames: ['ApproximateReceiveCount'],
          }),
        );
        if (Messages.length === 0) return taken;
        for (const { Body = '', Attributes, ReceiptHandle } of Messages) {
          taken.push({ body: Body, receives: Number(Attributes?.ApproximateReceiveCount) });
          await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
        }
      }
    },
    async comeAgainAfter(seconds) {
      const { VisibilityTimeout = '30' } = await read();
      await write(String(seconds));
      return async () => {
        await write(VisibilityTimeout);
      };
    },
  };
}
