import { Stage as CdkStage, Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmStatusWidget,
  AlarmStatusWidgetSortBy,
  Dashboard,
  GraphWidget,
  type HorizontalAnnotation,
  type IMetric,
  type IWidget,
  MathExpression,
  type Metric,
  SingleValueWidget,
  TextWidget,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ApiStack } from '../api-stack.ts';
import type { ConsumersStack } from '../consumers-stack.ts';
import type { DataStack } from '../data-stack.ts';
import type { NightStack } from '../night-stack.ts';
import { type Freshness, freshness } from './freshness.ts';
import { availability, type IngestAvailability } from './ingest-availability.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { TableThrottles } from './table-throttles.ts';

interface Props {
  readonly data: DataStack;
  readonly api: ApiStack;
  readonly consumers: ConsumersStack;
  readonly night: NightStack;
  readonly ingest: IngestAvailability;
  readonly fresh: Freshness;
  readonly tables: TableThrottles;
  /** What messages are doing, where AWS carries them. */
  readonly messages: readonly IWidget[];
}

/** One page: whether the stage is well in the first row, which alarm rings in the second, then part by part. */
export class StageDashboard extends Construct {
  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    const { data, consumers, messages } = props;
    const dashboard = new Dashboard(this, 'Dashboard', {
      dashboardName: `clientele-${data.stage.name}`,
      defaultInterval: Duration.days(1),
    });
    dashboard.addWidgets(...serviceLevels(props));
    dashboard.addWidgets(this.alarms());
    dashboard.addWidgets(...rowOf('Events come in'), ...comingIn(props));
    for (const one of consumers.consumers) {
      dashboard.addWidgets(
        ...rowOf(one.name),
        graph('Waiting, s', [one.queue.metricApproximateAgeOfOldestMessage()]),
        graph('Work', [
          one.function.metricInvocations(),
          one.function.metricErrors(),
          one.function.metricThrottles(),
        ]),
        graph('Gave up', [one.deadLetters.metricApproximateNumberOfMessagesVisible()]),
      );
    }
    dashboard.addWidgets(...rowOf('Outbox and tables'), ...underneath(props));
    dashboard.addWidgets(...rowOf('Night'), ...nights(props));
    if (messages.length > 0) dashboard.addWidgets(...rowOf('Messages'), ...messages);
  }

  /** All of the stage. By their names, so that one can be taken away while the dashboard stands. */
  private alarms(): AlarmStatusWidget {
    const names = CdkStage.of(this)
      ?.node.findAll()
      .filter((construct) => construct instanceof RunbookAlarm)
      .map(({ fullName }) => fullName);
    return new AlarmStatusWidget({
      title: 'Alarms; each names its page of docs/runbook.md',
      alarms: (names ?? [])
        .toSorted()
        .map((name) => Alarm.fromAlarmName(this, name.replaceAll('/', '-'), name)),
      sortBy: AlarmStatusWidgetSortBy.STATE_UPDATED_TIMESTAMP,
      width: 24,
      height: 5,
    });
  }
}

const graph = (title: string, left: IMetric[], leftAnnotations: HorizontalAnnotation[] = []): GraphWidget =>
  new GraphWidget({ title, left, leftAnnotations, width: 8 });

const rowOf = (title: string): [TextWidget] => [
  new TextWidget({ markdown: `## ${title}`, width: 24, height: 1 }),
];

const number = (title: string, metric: IMetric, overTheWholeTime = false): SingleValueWidget =>
  new SingleValueWidget({
    title,
    metrics: [metric],
    width: 6,
    height: 4,
    setPeriodToTimeRange: overTheWholeTime,
  });

const serviceLevels = ({ ingest, fresh, consumers, night }: Props): SingleValueWidget[] => [
  number(`Ingest availability, % (objective ${availability.objective})`, ingest.metric, true),
  number(`Oldest event not folded, s (objective ${freshness.objective})`, fresh.metric),
  number(
    'Dead letters (objective 0)',
    total(
      [...consumers.consumers, consumers.outbox]
        .map(({ deadLetters }) => deadLetters)
        .concat(night.undelivered)
        .map((queue) => queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' })),
    ),
  ),
  number('Night late (0 is done, or not due yet)', night.late),
];

const total = (metrics: readonly Metric[]): MathExpression => {
  const named = metrics.map((metric, index) => [`m${index}`, metric] as const);
  return new MathExpression({
    label: 'Total',
    expression: `SUM([${named.map(([name]) => name).join(', ')}])`,
    usingMetrics: Object.fromEntries(named),
  });
};

const comingIn = ({ api: { api }, ingest, fresh }: Props): GraphWidget[] => [
  graph('Calls', [api.metricCount(), api.metricClientError(), api.metricServerError()]),
  graph('Latency, ms', [api.metricLatency({ statistic: 'p50' }), api.metricLatency({ statistic: 'p99' })]),
  graph('Calls that bring events', [ingest.calls, ingest.failures]),
  graph(
    'From the door to the record, s',
    [fresh.metric],
    [
      { value: freshness.objective, label: 'objective' },
      { value: freshness.rings, label: 'rings' },
    ],
  ),
];

const underneath = ({ consumers: { outbox }, tables, data }: Props): GraphWidget[] => [
  graph('Outbox: age of what is relayed, ms', [
    outbox.function.metric('IteratorAge', { statistic: 'Maximum' }),
  ]),
  graph('Writes that tables refused', [tables.metric]),
  graph(
    'Write units',
    Object.entries(data.tables).map(([label, table]) =>
      table.metricConsumedWriteCapacityUnits({ label, statistic: 'Sum' }),
    ),
  ),
];

const nights = ({ night }: Props): GraphWidget[] => [
  graph('Executions', [night.machine.metricSucceeded(), night.machine.metricFailed()]),
  graph('Time, ms', [night.machine.metricTime({ statistic: 'Maximum' })]),
  graph('Late', [night.late]),
];
