import { type MapStep, type NightStep, night, type SingleStep } from '../../shared/contracts/night.ts';

interface Props {
  /** The partition's name of Step Functions' Lambda call. */
  readonly invoke: string;
  readonly arnOf: (step: NightStep) => string;
}

/** Shards at work at once: enough for a thousand shards in minutes, few enough to leave the day its share. */
const MOST_AT_ONCE = 50;

/** Throttling and deployments pass; what fails five times over two minutes needs somebody. */
const retry = [
  {
    ErrorEquals: ['States.ALL'],
    IntervalSeconds: 5,
    BackoffRate: 2,
    MaxAttempts: 4,
    MaxDelaySeconds: 60,
    JitterStrategy: 'FULL',
  },
];

/**
 * The nightly plan in Amazon States Language. What goes from step to step is the run alone. A step that
 * fails for good is not caught: only so can the execution be redriven from that step on.
 */
export function nightDefinition({ invoke, arnOf }: Props): object {
  const task = (step: NightStep, output: unknown) => ({
    Type: 'Task',
    Resource: invoke,
    Arguments: { FunctionName: arnOf(step), Payload: '{% $states.input %}' },
    Output: output,
    Retry: retry,
  });

  const single = (step: SingleStep) =>
    task(step, step === 'open' ? '{% $states.result.Payload %}' : '{% $states.input %}');

  const map = (step: MapStep) => ({
    Type: 'Map',
    Label: step,
    Items: '{% [0..$states.input.shards - 1] %}',
    ItemSelector: { run: '{% $states.input %}', shard: '{% $states.context.Map.Item.Value %}' },
    MaxConcurrency: MOST_AT_ONCE,
    ItemProcessor: {
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: `${step}-shard`,
      States: { [`${step}-shard`]: { ...task(step, {}), End: true } },
    },
    Output: '{% $states.input %}',
  });

  const states = night.map((planned, index) => {
    const after = night[index + 1];
    const state = planned.kind === 'map' ? map(planned.step) : single(planned.step);
    return [planned.step, { ...state, ...(after === undefined ? { End: true } : { Next: after.step }) }];
  });

  return {
    Comment: 'shared/contracts/night.ts',
    QueryLanguage: 'JSONata',
    StartAt: night[0].step,
    TimeoutSeconds: 6 * 3_600,
    States: Object.fromEntries(states),
  };
}
