import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';

/** The headings of docs/runbook.md that alarms point at. */
export const runbook = [
  'dead-letters',
  'slow-queue',
  'api-errors',
  'night-failed',
  'night-missing',
  'reputation',
] as const;
export type RunbookPage = (typeof runbook)[number];

interface Props {
  readonly data: DataStack;
  /** Ends the alarm's name: clientele/<stage>/<name>. */
  readonly name: string;
  /** What happened, in a sentence. */
  readonly says: string;
  readonly page: RunbookPage;
  readonly metric: IMetric;
  /** Rings at this value and above, unless `below` is set. */
  readonly threshold: number;
  readonly below?: true;
  /** Periods in a row. */
  readonly periods?: number;
}

/** An alarm that rings on the stage's topic and says where to read on. Without data it is quiet, or rings when `below`. */
export class RunbookAlarm extends Alarm {
  constructor(scope: Construct, id: string, props: Props) {
    const { data, name, says, page, metric, threshold, below = false, periods = 1 } = props;
    super(scope, id, {
      alarmName: `clientele/${data.stage.name}/${name}`,
      alarmDescription: `${says} Runbook: docs/runbook.md#${page}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: below ? TreatMissingData.BREACHING : TreatMissingData.NOT_BREACHING,
    });
    const ring = new SnsAction(data.alarms);
    this.addAlarmAction(ring);
    this.addOkAction(ring);
  }
}
