import { Duration } from 'aws-cdk-lib';
import { MathExpression, type Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { routes } from '../../shared/contracts/routes.ts';
import type { ApiStack } from '../api-stack.ts';
import type { DataStack } from '../data-stack.ts';
import { lineMetric } from './line-metric.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly data: DataStack;
  readonly api: ApiStack;
}

/** In percent of the calls that bring events. One in a hundred spends a month's share of failures in three days. */
export const availability = { objective: 99.9, ringsAtFailed: 1 } as const;

/** Fewer failures in five minutes ring nobody up: at night one of three calls is a third of them. */
const FEWEST_FAILURES = 3;

/**
 * Calls that bring events and were neither failed by us (5xx) nor sent away (429). Counted in the access logs:
 * API Gateway's own metrics of routes are twenty times the price of these two.
 */
export class IngestAvailability extends Construct {
  readonly calls: Metric;
  readonly failures: Metric;
  /** In percent. */
  readonly metric: MathExpression;

  constructor(scope: Construct, id: string, { data, api }: Props) {
    super(scope, id);
    const period = Duration.minutes(5);
    const { method, path } = routes.acceptEvents;
    const called = FilterPattern.stringValue('$.route', '=', `${method} ${path}`);
    const counted = { data, logGroup: api.accessLogs, statistic: 'Sum', period } as const;
    this.calls = lineMetric({ ...counted, name: 'IngestCalls', pattern: called });
    this.failures = lineMetric({
      ...counted,
      name: 'IngestFailures',
      pattern: FilterPattern.all(
        called,
        FilterPattern.any(
          FilterPattern.stringValue('$.status', '=', '5*'),
          FilterPattern.stringValue('$.status', '=', '429'),
        ),
      ),
      otherwise: 0,
    });
    const usingMetrics = { calls: this.calls, failures: this.failures };
    this.metric = new MathExpression({
      label: 'Ingest availability, %',
      expression: '100 * (1 - failures / calls)',
      usingMetrics,
      period,
    });
    new RunbookAlarm(this, 'Alarm', {
      data,
      name: 'ingest/availability',
      says: `At least ${availability.ringsAtFailed} % of the calls that bring events fail or are sent away.`,
      page: 'ingest-availability',
      metric: new MathExpression({
        label: 'Failed calls, %',
        expression: `IF(failures >= ${FEWEST_FAILURES}, 100 * failures / calls, 0)`,
        usingMetrics,
        period,
      }),
      threshold: availability.ringsAtFailed,
      periods: 3,
    });
  }
}
