import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { outputs } from '../shared/contracts/deployed.ts';
import { type Reactor, reactions } from '../shared/contracts/topology.ts';
import { EventConsumer } from './constructs/event-consumer.ts';
import { OutboxRelay } from './constructs/outbox-relay.ts';
import { ShopPoll } from './constructs/shop-poll.ts';
import { tell } from './constructs/tell.ts';
import type { DataStack } from './data-stack.ts';

interface Props extends StackProps {
  readonly data: DataStack;
}

/** Everything that reacts to messages: what stands in shared/contracts/topology.ts, and the outbox that feeds it. */
export class ConsumersStack extends Stack {
  readonly consumers: readonly EventConsumer[];
  readonly outbox: OutboxRelay;

  constructor(scope: Construct, id: string, { data, ...props }: Props) {
    super(scope, id, props);
    this.consumers = (Object.keys(reactions) as Reactor[]).map(
      (name) => new EventConsumer(this, name.replace('/', '-'), { name, data }),
    );
    this.outbox = new OutboxRelay(this, 'Outbox', { data });
    new ShopPoll(this, 'ShopPoll', { data });
    tell(this, {
      ...Object.fromEntries(
        this.consumers.flatMap(({ name, queue, deadLetters }) => [
          [outputs.queue(name), queue.queueUrl],
          [outputs.deadLetters(name), deadLetters.queueUrl],
        ]),
      ),
      [outputs.deadLetters('outbox/relay-messages')]: this.outbox.deadLetters.queueUrl,
    });
  }
}
