import { Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Dashboard, GraphWidget, type IMetric, Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { ApiStack } from './api-stack.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
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
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `clientele-${data.stage.name}`,
      defaultInterval: Duration.days(1),
    });
    dashboard.addWidgets(
      graph('Calls', [api.api.metricCount(), api.api.metricClientError(), api.api.metricServerError()]),
      graph('Latency, ms', [
        api.api.metricLatency({ statistic: 'p50' }),
        api.api.metricLatency({ statistic: 'p99' }),
      ]),
      graph('Night', [
        night.machine.metricSucceeded(),
        night.machine.metricFailed(),
        night.machine.metricTime(),
      ]),
    );
    for (const { name, function: fn, queue, deadLetters } of consumers.consumers) {
      dashboard.addWidgets(
        graph(`${name}: waiting, s`, [queue.metricApproximateAgeOfOldestMessage()]),
        graph(`${name}: work`, [fn.metricInvocations(), fn.metricErrors(), fn.metricThrottles()]),
        graph(`${name}: gave up`, [deadLetters.metricApproximateNumberOfMessagesVisible()]),
      );
    }
    if (data.sending.settings.email.kind === 'ses') this.watchReputation(data);
  }

  private watchReputation(data: DataStack): void {
    for (const [metricName, threshold] of Object.entries(reputation)) {
      new RunbookAlarm(this, metricName.replace('.', ''), {
        data,
        name: `email/${metricName}`,
        says: `E-mail: ${metricName} is above ${threshold * 100} %. Pause campaigns.`,
        page: 'reputation',
        metric: new Metric({
          namespace: 'AWS/SES',
          metricName,
          statistic: 'Average',
          period: Duration.hours(1),
        }),
        threshold,
      });
    }
  }
}

const graph = (title: string, left: IMetric[]): GraphWidget => new GraphWidget({ title, left, width: 8 });
