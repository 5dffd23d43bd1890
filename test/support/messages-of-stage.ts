import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import type { OpenStage } from '../../ops/open-stage.ts';
import type { Kept } from './host.ts';

const HIDDEN_SECONDS = 30;

/** What waits and what died. Messages that were looked at stay hidden for a while. */
export async function* messagesIn({ clients, deployed }: OpenStage): AsyncIterable<Kept> {
  const queues = [
    ...Object.entries(deployed.queues).map(([consumer, url]) => [`queue of ${consumer}`, url] as const),
    ...Object.entries(deployed.deadLetters).map(([part, url]) => [deadLettersOf(part), url] as const),
  ];
  for (const [place, QueueUrl] of queues) {
    for (;;) {
      const { Messages = [] } = await clients.sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: HIDDEN_SECONDS }),
      );
      for (const message of Messages) yield { place, text: JSON.stringify(message) };
      if (Messages.length === 0) break;
    }
  }
}

/** Leaves a message among the dead letters of every part; answers the places. */
export async function plantMessages({ clients, deployed }: OpenStage, text: string): Promise<string[]> {
  for (const QueueUrl of Object.values(deployed.deadLetters))
    await clients.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: text }));
  return Object.keys(deployed.deadLetters).map(deadLettersOf);
}

const deadLettersOf = (part: string): string => `dead letters of ${part}`;
