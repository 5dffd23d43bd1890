import { Alarm, ComparisonOperator, type IMetric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';

/** The headings of docs/runbook.md that alarms point at. */
export type RunbookPage =
  | 'dead-letters'
  | 'slow-queue'
  | 'slow-outbox'
  | 'freshness'
  | 'throttled-tables'
  | 'ingest-availability'
  | 'api-errors'
  | 'slow-answers'
  | 'night-late'
  | 'night-failed'
  | 'night-missing'
  | 'reputation'
  | 'spend';

/** What silence means: all is well, trouble, or what was last heard. */
type Silence = 'well' | 'trouble' | 'as-before';

const treatMissing: Readonly<Record<Silence, TreatMissingData>> = {
  well: TreatMissingData.NOT_BREACHING,
  trouble: TreatMissingData.BREACHING,
  'as-before': TreatMissingData.IGNORE,
};

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
  readonly silence?: Silence;
}

/** An alarm that rings on the stage's topic and says where to read on. */
export class RunbookAlarm extends Alarm {
  /** Known before it is deployed: other stacks point at it without holding on to it. */
  readonly fullName: string;

  constructor(scope: Construct, id: string, props: Props) {
    const { data, name, says, page, metric, threshold, below = false, periods = 1, silence = 'well' } = props;
    const fullName = `clientele/${data.stage.name}/${name}`;
    super(scope, id, {
      alarmName: fullName,
      alarmDescription: `${says} Runbook: docs/runbook.md#${page}`,
      metric,
      threshold,
      evaluationPeriods: periods,
      comparisonOperator: below
        ? ComparisonOperator.LESS_THAN_THRESHOLD
        : ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatMissing[silence],
    });
    this.fullName = fullName;
    const ring = new SnsAction(data.alarms);
    this.addAlarmAction(ring);
    this.addOkAction(ring);
  }
}
