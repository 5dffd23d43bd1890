import { Duration } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { consumers, type Reactor, reactions } from '../../shared/contracts/topology.ts';
import type { DataStack } from '../data-stack.ts';
import { functionNeeds } from '../function-needs.ts';
import { ClienteleFunction } from './clientele-function.ts';
import { DeadLetters } from './dead-letters.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly name: Reactor;
  readonly data: DataStack;
}

/** A message that failed so often is dead; a passing trouble (throttling, a deployment) is over by then. */
const MOST_RECEIVES = 5;
/** Freshness: from the door to the record in a minute, so five of waiting are wrong; slow work may wait four turns, and all waits for its window. */
const oldestSeconds = (timeoutSeconds: number, windowSeconds: number): number =>
  windowSeconds + Math.max(300, 4 * timeoutSeconds);

/** Bus → rule → queue → function, with dead letters that somebody hears about. */
export class EventConsumer extends Construct {
  readonly name: Reactor;
  readonly function: ClienteleFunction;
  readonly queue: Queue;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { name, data }: Props) {
    super(scope, id);
    this.name = name;
    const { on, about, batch, windowSeconds }: (typeof reactions)[Reactor] & { readonly about?: string } =
      reactions[name];
    const { timeoutSeconds, concurrency } = functionNeeds[name];
    this.deadLetters = new DeadLetters(this, 'Failed', { data, of: name }).queue;
    this.queue = new Queue(this, 'Work', {
      // Lambda asks for six times the function's time, and for the window on top.
      visibilityTimeout: Duration.seconds(6 * timeoutSeconds + windowSeconds),
      retentionPeriod: Duration.days(4),
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MOST_RECEIVES },
    });
    this.function = new ClienteleFunction(this, 'Function', { name, data });
    this.function.addEventSource(
      new SqsEventSource(this.queue, {
        batchSize: batch,
        ...(windowSeconds > 0 ? { maxBatchingWindow: Duration.seconds(windowSeconds) } : {}),
        ...(concurrency === undefined ? {} : { maxConcurrency: concurrency }),
        reportBatchItemFailures: true,
      }),
    );
    const heard = name in consumers ? { bus: data.bus, pattern: {} } : data.sending.feedback;
    // A stage whose messages stay in the house hears of none.
    if (heard !== undefined) {
      new Rule(this, 'Rule', {
        ...('bus' in heard ? { eventBus: heard.bus } : {}),
        description: `${on.join(', ')} → ${name}`,
        eventPattern: {
          ...heard.pattern,
          detailType: [...on],
          ...(about === undefined ? {} : { detail: { about: [about] } }),
        },
        targets: [new SqsQueue(this.queue, { deadLetterQueue: this.deadLetters })],
      });
    }
    const oldest = oldestSeconds(timeoutSeconds, windowSeconds);
    new RunbookAlarm(this, 'Slow', {
      data,
      name: `${name}/slow-queue`,
      says: `Messages wait for ${name} for more than ${Math.ceil(oldest / 60)} minutes.`,
      page: 'slow-queue',
      metric: this.queue.metricApproximateAgeOfOldestMessage({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      }),
      threshold: oldest,
      periods: 3,
    });
  }
}
