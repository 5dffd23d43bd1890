import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';

interface Kept {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly sentAt: number;
  hidden: boolean;
}

/** As much of SQS as moving letters needs; a message that was received stays hidden until it is put back. */
export interface FakeSqs {
  readonly client: SQSClient;
  readonly put: (queue: string, body: string, attributes?: Readonly<Record<string, string>>) => void;
  /** Bodies of what lies in a queue, hidden or not. */
  readonly bodies: (queue: string) => readonly string[];
  readonly hidden: (queue: string) => number;
  /** From now on each body that is sent is asked about: false refuses it. */
  readonly onSend: (take: (queue: string, body: string) => boolean) => void;
  readonly onDelete: (take: () => boolean) => void;
  /** What was received comes back into sight, as after the time it may be held. */
  readonly letTimePass: () => void;
}

const A_MINUTE = 60_000;

/** Stands in for every SQSClient of this test file; begins with empty queues. */
export function fakeSqs(): FakeSqs {
  const mock = mockClient(SQSClient);
  const queues = new Map<string, Kept[]>();
  let count = 0;
  let takes: (queue: string, body: string) => boolean = () => true;
  let deletes: () => boolean = () => true;
  const of = (url = ''): Kept[] => {
    const queue = queues.get(url) ?? [];
    queues.set(url, queue);
    return queue;
  };
  const add = (url: string, body: string, attributes: Kept['attributes'], sentAt: number): string => {
    count += 1;
    of(url).push({ id: `m-${count}`, body, attributes, sentAt, hidden: false });
    return `m-${count}`;
  };

  mock.on(SendMessageCommand).callsFake(async ({ QueueUrl, MessageBody }) => {
    if (!takes(QueueUrl, MessageBody)) throw Object.assign(new Error('refused'), { name: 'AccessDenied' });
    return { MessageId: add(QueueUrl, MessageBody, {}, Date.now()) };
  });
  mock.on(ReceiveMessageCommand).callsFake(async ({ QueueUrl, MaxNumberOfMessages }) => {
    const messages = of(QueueUrl)
      .filter(({ hidden }) => !hidden)
      .slice(0, MaxNumberOfMessages);
    for (const message of messages) message.hidden = true;
    return {
      Messages: messages.map(({ id, body, attributes, sentAt }) => ({
        MessageId: id,
        Body: body,
        ReceiptHandle: `handle-of-${id}`,
        Attributes: { SentTimestamp: String(sentAt) },
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes).map(([name, text]) => [name, { DataType: 'String', StringValue: text }]),
        ),
      })),
    };
  });
  mock.on(DeleteMessageCommand).callsFake(async ({ QueueUrl, ReceiptHandle }) => {
    if (!deletes()) throw Object.assign(new Error('refused'), { name: 'AccessDenied' });
    const queue = of(QueueUrl);
    const index = queue.findIndex(({ id }) => ReceiptHandle === `handle-of-${id}`);
    if (index >= 0) queue.splice(index, 1);
    return {};
  });
  mock.on(ChangeMessageVisibilityBatchCommand).callsFake(async ({ QueueUrl, Entries }) => {
    for (const { ReceiptHandle, VisibilityTimeout } of Entries) {
      const message = of(QueueUrl).find(({ id }) => ReceiptHandle === `handle-of-${id}`);
      if (message !== undefined) message.hidden = VisibilityTimeout > 0;
    }
    return {};
  });
  mock.on(GetQueueAttributesCommand).callsFake(async ({ QueueUrl }) => {
    const hidden = of(QueueUrl).filter((message) => message.hidden).length;
    return {
      Attributes: {
        ApproximateNumberOfMessages: String(of(QueueUrl).length - hidden),
        ApproximateNumberOfMessagesNotVisible: String(hidden),
        ApproximateNumberOfMessagesDelayed: '0',
      },
    };
  });

  return {
    client: new SQSClient({ region: 'eu-west-1' }),
    put: (queue, body, attributes = {}) => {
      add(queue, body, attributes, Date.now() - A_MINUTE);
    },
    bodies: (queue) => of(queue).map(({ body }) => body),
    hidden: (queue) => of(queue).filter((message) => message.hidden).length,
    onSend: (take) => {
      takes = take;
    },
    onDelete: (take) => {
      deletes = take;
    },
    letTimePass: () => {
      for (const message of [...queues.values()].flat()) message.hidden = false;
    },
  };
}
