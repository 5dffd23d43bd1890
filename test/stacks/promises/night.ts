import validate from 'asl-validator';
import { night as plan } from '../../../shared/contracts/night.ts';
import { nightHours } from '../../../shared/contracts/night-hours.ts';
import { type Synthesised, titleOf } from '../synthesised.ts';
import { firstOf, plant, type TemplatePromise, takeAway } from './promise.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Catch?: unknown;
  readonly Retry?: readonly { readonly ErrorEquals: readonly string[]; readonly MaxAttempts: number }[];
  readonly MaxConcurrency?: number;
  readonly ItemProcessor?: {
    readonly ProcessorConfig: { readonly Mode: string };
    readonly States: Readonly<Record<string, State>>;
  };
}

interface Definition {
  readonly QueryLanguage: string;
  readonly StartAt: string;
  readonly TimeoutSeconds?: number;
  readonly States: Readonly<Record<string, State>>;
}

const machineOf = (stage: Synthesised) => firstOf(stage, 'AWS::StepFunctions::StateMachine');

/** The definition with a made-up ARN for every reference. */
function definitionOf(stage: Synthesised): Definition {
  const parts: unknown[] = machineOf(stage).properties.DefinitionString['Fn::Join'][1];
  return JSON.parse(
    parts
      .map((part) => (typeof part === 'string' ? part : 'arn:aws:lambda:eu-west-1:111122223333:function:x'))
      .join(''),
  ) as Definition;
}

/** The work of a step: of a map what it does for each item. */
const taskOf = ({ States }: Definition, step: string): State | undefined =>
  States[step]?.ItemProcessor?.States[`${step}-shard`] ?? States[step];

function orderOf({ StartAt, States }: Definition): readonly string[] {
  const order: string[] = [];
  for (let step: string | undefined = StartAt; step !== undefined; step = States[step]?.Next)
    order.push(step);
  return order;
}

const startOf = (stage: Synthesised) =>
  firstOf(
    stage,
    'AWS::Scheduler::Schedule',
    (one) => stage.at(one, one.properties.Target.Arn) === machineOf(stage),
  );

/** For breaches: rewrites the text of the definition. */
const rewritten =
  (from: string, to: string) =>
  (stage: Synthesised): string => {
    const { properties, id } = machineOf(stage);
    const parts: unknown[] = properties.DefinitionString['Fn::Join'][1];
    properties.DefinitionString['Fn::Join'][1] = parts.map((part) =>
      typeof part === 'string' ? part.replaceAll(from, to) : part,
    );
    return id;
  };

export const nightPromises: readonly TemplatePromise[] = [
  {
    name: 'the night is one state machine in the language of Step Functions, and does the steps of the plan in their order',
    complaints: (stage) => {
      const [machine, ...others] = stage.of('AWS::StepFunctions::StateMachine');
      if (machine === undefined) return ['there is no night'];
      const definition = definitionOf(stage);
      const { isValid, errors } = validate(definition);
      return [
        ...others.map((other) => `${titleOf(other)} is a machine too many`),
        ...(isValid ? [] : [`${titleOf(machine)} is not valid: ${JSON.stringify(errors)}`]),
        ...(orderOf(definition).join() === plan.map(({ step }) => step).join()
          ? []
          : [`${titleOf(machine)} does ${orderOf(definition)}`]),
      ];
    },
    breaches: {
      'a field that is none': rewritten('"StartAt"', '"BeginAt"'),
      'a step left out': rewritten('"Next":"fit"', '"Next":"score"'),
      'another machine': (stage) => plant(stage, 'AWS::StepFunctions::StateMachine', {}).id,
    },
  },
  {
    name: 'shards of the night run apart, a bounded number at once',
    complaints: (stage) => {
      const definition = definitionOf(stage);
      return plan
        .filter(({ step, kind }) => {
          const { Type, MaxConcurrency = 0, ItemProcessor } = definition.States[step] ?? {};
          const isMap =
            Type === 'Map' && ItemProcessor?.ProcessorConfig.Mode === 'DISTRIBUTED' && MaxConcurrency > 0;
          return kind === 'map' ? !isMap : Type !== 'Task';
        })
        .map(({ step, kind }) => `${machineOf(stage).id} does not do ${step} as a ${kind} step`);
    },
    breaches: {
      'all shards at once': rewritten('"MaxConcurrency":50', '"MaxConcurrency":0'),
      'shards within the machine': rewritten('"DISTRIBUTED"', '"INLINE"'),
    },
  },
  {
    name: 'a step of the night is tried again a few times, its failure not caught, so that it can be redriven',
    complaints: (stage) => {
      const definition = definitionOf(stage);
      return plan
        .filter(({ step }) => {
          const task = taskOf(definition, step);
          const [retry] = task?.Retry ?? [];
          const isTried =
            retry?.ErrorEquals.includes('States.ALL') && retry.MaxAttempts >= 1 && retry.MaxAttempts <= 10;
          return !isTried || task?.Catch !== undefined || definition.States[step]?.Catch !== undefined;
        })
        .map(({ step }) => `${machineOf(stage).id} does not try ${step} again, or hides its failure`);
    },
    breaches: {
      'tried once': rewritten('"MaxAttempts":4', '"MaxAttempts":0'),
      'tried for ever': rewritten('"MaxAttempts":4', '"MaxAttempts":100000'),
      'a failure that is hidden': rewritten('"Retry":', '"Catch":[],"Retry":'),
    },
  },
  {
    name: 'the night ends: within six hours, however it goes',
    complaints: (stage) => {
      const { TimeoutSeconds = Number.POSITIVE_INFINITY } = definitionOf(stage);
      return TimeoutSeconds <= 6 * 3_600 ? [] : [`${machineOf(stage).id} may take ${TimeoutSeconds} seconds`];
    },
    breaches: { 'no end': rewritten('"TimeoutSeconds":21600', '"TimeoutSeconds":99999999') },
  },
  {
    name: 'the night starts at its hour in the zone of the stage, for the date that was planned',
    complaints: (stage) => {
      const { ScheduleExpression, ScheduleExpressionTimezone, State, Target } = startOf(stage).properties;
      const { hour, minute } = nightHours.starts;
      const isKept =
        ScheduleExpression === `cron(${minute} ${hour} * * ? *)` &&
        ScheduleExpressionTimezone === stage.written.settings.zone &&
        State === 'ENABLED' &&
        Target.Input === '{"scheduledAt":"<aws.scheduler.scheduled-time>"}';
      return isKept ? [] : [`${titleOf(startOf(stage))} starts the night otherwise`];
    },
    breaches: {
      'another zone': (stage) => {
        startOf(stage).properties.ScheduleExpressionTimezone = 'UTC';
        return startOf(stage).id;
      },
      'the present time': (stage) => {
        startOf(stage).properties.Target.Input = '{}';
        return startOf(stage).id;
      },
    },
  },
  {
    name: 'a night that fails, runs out of time or is stopped is marked so',
    complaints: (stage) => {
      const machine = machineOf(stage);
      const rule = stage.of('AWS::Events::Rule').find(({ properties }) => {
        const { source, detail } = properties.EventPattern;
        return source?.[0] === 'aws.states' && detail.status.join() === 'FAILED,TIMED_OUT,ABORTED';
      });
      const about = rule && stage.at(rule, rule.properties.EventPattern.detail.stateMachineArn[0]);
      const marker = rule && stage.at(rule, rule.properties.Targets[0].Arn);
      return about === machine && marker?.properties.Description === 'night/fail'
        ? []
        : [`nobody marks what ${machine.id} failed at`];
    },
    breaches: {
      'stopped nights': (stage) => {
        const { properties } = firstOf(
          stage,
          'AWS::Events::Rule',
          (rule) => rule.properties.EventPattern.source?.[0] === 'aws.states',
        );
        properties.EventPattern.detail.status.pop();
        return machineOf(stage).id;
      },
      'no rule': (stage) => {
        takeAway(
          stage,
          'AWS::Events::Rule',
          (rule) => rule.properties.EventPattern.source?.[0] === 'aws.states',
        );
        return machineOf(stage).id;
      },
    },
  },
];
