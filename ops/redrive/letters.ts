import {
  ChangeMessageVisibilityBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';

/** A message in a queue for what gave up. */
export interface Letter {
  readonly id: string;
  readonly body: string;
  /** What whoever put it here said of it: EventBridge and Scheduler a lot, SQS itself nothing. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly handle: string;
}

/** The letters of one queue, held for as long as a command works on them. */
export interface LetterBox {
  /** In groups of up to ten: all that was there when the box was opened, each once. */
  readonly letters: () => AsyncIterable<readonly Letter[]>;
  /** For those that are dealt with; all others come back into sight when the box is closed. */
  readonly remove: (letters: readonly Letter[]) => Promise<void>;
}

const PER_CALL = 10;
/** Nobody else takes them meanwhile; after a command that was killed they are back in so many seconds. */
const HELD_SECONDS = 900;
/** Waiting makes SQS ask all its servers, so that an empty answer means an empty queue. */
const WAIT_SECONDS = 1;

/**
 * Opens the box for `work` and closes it afterwards, whatever happens. A letter that was first sent after the
 * opening is left alone: what is sent back to work and fails again must not go round for ever.
 */
export async function withLetters<T>(
  sqs: SQSClient,
  QueueUrl: string,
  work: (box: LetterBox) => Promise<T>,
): Promise<T> {
  const opened = Date.now();
  const held = new Map<string, Letter>();
  const seen = new Set<string>();

  async function* letters(): AsyncIterable<readonly Letter[]> {
    for (;;) {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: PER_CALL,
          VisibilityTimeout: HELD_SECONDS,
          WaitTimeSeconds: WAIT_SECONDS,
          MessageAttributeNames: ['All'],
          MessageSystemAttributeNames: ['SentTimestamp'],
        }),
      );
      // What comes a second time was held for too long: then all have been seen.
      const fresh = Messages.filter(({ MessageId = '' }) => !seen.has(MessageId));
      if (fresh.length === 0) return;
      for (const message of fresh) {
        const letter = letterOf(message);
        seen.add(letter.id);
        held.set(letter.id, letter);
      }
      yield fresh.filter((message) => firstSent(message) < opened).map(letterOf);
    }
  }

  try {
    return await work({
      letters,
      remove: async (done) => {
        await Promise.all(
          done.map(async ({ id, handle }) => {
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: handle }));
            held.delete(id);
          }),
        );
      },
    });
  } finally {
    await putBack(sqs, QueueUrl, [...held.values()]);
  }
}

/** Why it could not be delivered, where that is known. */
export const reasonOf = ({ attributes }: Letter): string | undefined => attributes['ERROR_CODE'];

const letterOf = ({
  MessageId = '',
  Body = '',
  MessageAttributes = {},
  ReceiptHandle = '',
}: Message): Letter => ({
  id: MessageId,
  body: Body,
  attributes: Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [name, StringValue]),
  ),
  handle: ReceiptHandle,
});

/** Epoch milliseconds; a message keeps it when it is moved to its dead letters. */
const firstSent = ({ Attributes }: Message): number => Number(Attributes?.SentTimestamp ?? 0);

async function putBack(sqs: SQSClient, QueueUrl: string, letters: readonly Letter[]): Promise<void> {
  for (const group of groupsOf(letters, PER_CALL)) {
    const Entries = group.map(({ handle }, index) => ({
      Id: String(index),
      ReceiptHandle: handle,
      VisibilityTimeout: 0,
    }));
    // Where this fails they come back by themselves, and why the command failed tells more.
    await sqs.send(new ChangeMessageVisibilityBatchCommand({ QueueUrl, Entries })).catch(() => undefined);
  }
}
