import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { ClienteleFunction } from './clientele-function.ts';
import { DeadLetters } from './dead-letters.ts';

interface Props {
  readonly data: DataStack;
}

/**
 * Carries messages that were written in a commit from the outbox table's stream to the bus. By a function
 * and not by a Pipe: values are JSON text in an attribute, which a Pipe's templates cannot look into.
 */
export class OutboxRelay extends Construct {
  readonly function: ClienteleFunction;
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, { data }: Props) {
    super(scope, id);
    const name = 'outbox/relay-messages';
    this.deadLetters = new DeadLetters(this, 'Failed', { data, of: name }).queue;
    const stream = data.tables.outbox.tableStreamArn ?? '';
    this.function = new ClienteleFunction(this, 'Function', { name, data });
    this.function.addToRolePolicy(
      new PolicyStatement({
        actions: [
          'dynamodb:DescribeStream',
          'dynamodb:GetRecords',
          'dynamodb:GetShardIterator',
          'dynamodb:ListStreams',
        ],
        resources: [stream],
      }),
    );
    new EventSourceMapping(this, 'Stream', {
      target: this.function,
      eventSourceArn: stream,
      startingPosition: StartingPosition.TRIM_HORIZON,
      filters: [FilterCriteria.filter({ eventName: FilterRule.isEqual('INSERT') })],
      batchSize: 100,
      // Messages of one record stay in order.
      parallelizationFactor: 1,
      reportBatchItemFailures: true,
      bisectBatchOnError: true,
      // A record that fails holds up those behind it, so it is set aside after minutes, and rings.
      retryAttempts: 20,
      // The stream itself keeps a day: what is older than half of it is set aside before it is gone.
      maxRecordAge: Duration.hours(12),
      onFailure: new SqsDlq(this.deadLetters),
    });
  }
}
