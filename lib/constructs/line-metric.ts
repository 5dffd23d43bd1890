import type { Duration } from 'aws-cdk-lib';
import type { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { FilterPattern, type ILogGroup, type JsonPattern } from 'aws-cdk-lib/aws-logs';
import { type Measure, measures } from '../../shared/contracts/measures.ts';
import type { DataStack } from '../data-stack.ts';

interface Props {
  readonly data: DataStack;
  readonly logGroup: ILogGroup;
  /** In PascalCase, as AWS names metrics. */
  readonly name: string;
  readonly pattern: JsonPattern;
  /** What a line adds: a field of it, or 1. */
  readonly value?: string;
  /** Where there were lines, but none of these; left out, nothing. */
  readonly otherwise?: number;
  readonly statistic: 'Sum' | 'Maximum';
  readonly period: Duration;
}

/** A metric made of the lines of a log group; its filter stands in the group's own stack. */
export const lineMetric = ({
  data,
  logGroup,
  name,
  pattern,
  value = '1',
  otherwise,
  statistic,
  period,
}: Props): Metric =>
  logGroup
    .addMetricFilter(name, {
      filterPattern: pattern,
      // The stage is in the namespace: a dimension would have to stand in every line.
      metricNamespace: `Clientele/${data.stage.name}`,
      metricName: name,
      metricValue: value,
      ...(otherwise === undefined ? {} : { defaultValue: otherwise }),
    })
    .metric({ statistic, period });

/** What a function measures and writes into its log (shared/contracts/measures.ts), at its worst. */
export function measured(
  measure: Measure,
  props: Pick<Props, 'data' | 'logGroup' | 'name' | 'period'>,
): Metric {
  const { message, field } = measures[measure];
  return lineMetric({
    ...props,
    // A filter can only take the value of a field that its pattern names.
    pattern: FilterPattern.all(
      FilterPattern.stringValue('$.message', '=', message),
      FilterPattern.numberValue(`$.${field}`, '>=', 0),
    ),
    value: `$.${field}`,
    statistic: 'Maximum',
  });
}
