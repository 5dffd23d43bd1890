import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { GraphWidget, type IWidget, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ApiStack } from './api-stack.ts';
import { Freshness } from './constructs/freshness.ts';
import { IngestAvailability } from './constructs/ingest-availability.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import { Spending } from './constructs/spending.ts';
import { StageDashboard } from './constructs/stage-dashboard.ts';
import { TableThrottles } from './constructs/table-throttles.ts';
import type { ConsumersStack } from './consumers-stack.ts';
import type { DataStack } from './data-stack.ts';
import type { NightStack } from './night-stack.ts';

interface Props extends StackProps {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly consumers: ConsumersStack;
  readonly night: NightStack;
}

/** SES pauses an account at a bounce rate of 10 % or a complaint rate of 0.5 %; these are the early signs. */
const reputation = { 'Reputation.BounceRate': 0.03, 'Reputation.ComplaintRate': 0.001 } as const;

/** One page that tells whether the stage is well, and the alarms that belong to no single part. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, { data, api, consumers, night, ...props }: Props) {
    super(scope, id, props);
    const fold = consumers.consumers.find(({ name }) => name === 'customers/fold-events');
    if (fold === undefined) throw new Error('shared/contracts/topology.ts names no customers/fold-events');
    const ingest = new IngestAvailability(this, 'Ingest', { data, api });
    const fresh = new Freshness(this, 'Freshness', { data, fold });
    const tables = new TableThrottles(this, 'Tables', { data });
    const { sms } = new Spending(this, 'Spending', { data });
    this.watchAnswers(data, api);
    this.watchOutbox(data, consumers);
    const messages = [
      ...(data.sending.settings.email.kind === 'ses' ? [this.watchReputation(data)] : []),
      ...(sms === undefined ? [] : textMessages(sms)),
    ];
    new StageDashboard(this, 'Page', { data, api, consumers, night, ingest, fresh, tables, messages });
  }

  private watchAnswers(data: DataStack, { api }: ApiStack): void {
    new RunbookAlarm(this, 'SlowAnswers', {
      data,
      name: 'api/slow-answers',
      says: 'One call in a hundred takes three seconds and more.',
      page: 'slow-answers',
      metric: api.metricLatency({ period: Duration.minutes(5), statistic: 'p99' }),
      threshold: 3_000,
      periods: 3,
    });
  }

  /** Its stream keeps records for a day: what is not relayed by then is lost. */
  private watchOutbox(data: DataStack, { outbox }: ConsumersStack): void {
    new RunbookAlarm(this, 'SlowOutbox', {
      data,
      name: 'outbox/relay-messages/slow-outbox',
      says: 'Messages stand in the outbox for more than 5 minutes.',
      page: 'slow-outbox',
      metric: outbox.function.metric('IteratorAge', { period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 300_000,
      periods: 3,
    });
  }

  private watchReputation(data: DataStack): IWidget {
    const rates = Object.entries(reputation).map(([metricName, threshold]) => {
      const metric = new Metric({
        namespace: 'AWS/SES',
        metricName,
        statistic: 'Average',
        period: Duration.hours(1),
      });
      new RunbookAlarm(this, metricName.replace('.', ''), {
        data,
        name: `email/${metricName}`,
        says: `E-mail: ${metricName} is above ${threshold * 100} %. Pause campaigns.`,
        page: 'reputation',
        metric,
        threshold,
      });
      return metric;
    });
    return new GraphWidget({ title: 'E-mail: bounces and complaints, share of all', left: rates, width: 8 });
  }
}

/** AWS publishes them once the account has the service-linked role of End User Messaging. */
const textMessages = (spent: Metric): IWidget[] => [
  new GraphWidget({
    title: 'Text messages: parts',
    left: ['NumberOfTextMessagePartsSent', 'NumberOfTextMessagePartsDelivered'].map(
      (metricName) => new Metric({ namespace: 'AWS/SMSVoice', metricName, statistic: 'Sum' }),
    ),
    width: 8,
  }),
  new GraphWidget({ title: 'Text messages: spent this month, $', left: [spent], width: 8 }),
];
