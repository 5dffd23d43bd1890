import { Duration } from 'aws-cdk-lib';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { DataStack } from '../data-stack.ts';
import { partitions } from '../partitions.ts';
import { offers } from '../regions.ts';
import type { Stage } from '../stage-schema.ts';
import { RunbookAlarm } from './runbook-alarm.ts';

interface Props {
  readonly data: DataStack;
}

/** In percent of the month's budget. */
const EARLY = 80;

/**
 * What the stage costs, by the tag that everything of it carries. Messages carry no tags, so e-mails and text
 * messages are watched apart, each against the same amount.
 */
export class Spending extends Construct {
  /** What text messages cost since the month began, in US dollars; undefined where AWS sends none. */
  readonly sms: Metric | undefined;

  constructor(scope: Construct, id: string, { data }: Props) {
    super(scope, id);
    const { stage, sending } = data;
    // Elsewhere it is made by hand: `npm run deploy` says so.
    if (offers(stage.region, 'budgets')) this.budgets(data);
    this.sms = sending.settings.sms.kind === 'end-user-messaging' ? this.watchSms(data) : undefined;
  }

  private budgets({ stage, sending }: DataStack): void {
    this.budget('Services', stage, { TagKeyValue: [`user:stage$${stage.name}`] });
    if (sending.settings.email.kind === 'ses') {
      this.budget('Emails', stage, { Service: ['Amazon Simple Email Service'], Region: [stage.region] });
    }
  }

  private budget(what: 'Services' | 'Emails', stage: Stage, costFilters: Record<string, string[]>): void {
    new CfnBudget(this, what, {
      budget: {
        budgetName: `clientele-${stage.name}-${what.toLowerCase()}`,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: stage.monthlyBudget, unit: partitions[stage.partition].bills },
        costFilters,
      },
      notificationsWithSubscribers: stage.operators.length === 0 ? [] : notifications(stage.operators),
    });
  }

  private watchSms(data: DataStack): Metric {
    const spent = new Metric({
      namespace: 'AWS/SMSVoice',
      metricName: 'TextMessageMonthlySpend',
      statistic: 'Maximum',
      period: Duration.hours(1),
    });
    new RunbookAlarm(this, 'Sms', {
      data,
      name: 'sms/spend',
      says: `Text messages alone have cost ${EARLY} % of the month's budget.`,
      page: 'spend',
      metric: spent,
      threshold: (data.stage.monthlyBudget * EARLY) / 100,
      // It is told only when something is sent.
      silence: 'as-before',
    });
    return spent;
  }
}

const notifications = (operators: readonly string[]): CfnBudget.NotificationWithSubscribersProperty[] => {
  const above = (notificationType: 'ACTUAL' | 'FORECASTED', threshold: number) => ({
    notification: {
      notificationType,
      comparisonOperator: 'GREATER_THAN',
      threshold,
      thresholdType: 'PERCENTAGE',
    },
    subscribers: operators.map((address) => ({ subscriptionType: 'EMAIL', address })),
  });
  return [above('ACTUAL', EARLY), above('FORECASTED', 100)];
};
