import type { Route } from '../../../shared/contracts/route.ts';
import { routes } from '../../../shared/contracts/routes.ts';
import { listed, type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, type TemplatePromise, unless } from './promise.ts';

/** What an account may run at once before anybody asks for more. */
const ACCOUNT_LIMIT = 1_000;
/** HTTP functions answer within it at the 99th percentile; the rate of their routes by it is what runs at once. */
const ANSWER_SECONDS = 0.2;
/** Parts of the outbox table's stream that are open at once under the load of a campaign. */
const STREAM_SHARDS = 10;

/** How often a function runs at once at most; undefined where nothing bounds it. */
function mostAtOnce(stage: Synthesised, fn: Resource): number | undefined {
  const bounds = [
    behindMappings(stage, fn),
    behindRoutes(stage, fn),
    inNight(stage, fn),
    behindRules(stage, fn),
  ];
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length === 0 || known.includes(Number.NaN)
    ? undefined
    : known.reduce((sum, one) => sum + one, 0);
}

/** Not a number where a mapping has no bound. */
function behindMappings(stage: Synthesised, fn: Resource): number | undefined {
  const [mapping] = stage
    .of('AWS::Lambda::EventSourceMapping')
    .filter((one) => stage.at(one, one.properties.FunctionName) === fn);
  if (mapping === undefined) return undefined;
  const { ScalingConfig, ParallelizationFactor, StartingPosition } = mapping.properties;
  return StartingPosition === undefined
    ? (ScalingConfig?.MaximumConcurrency ?? Number.NaN)
    : (ParallelizationFactor ?? Number.NaN) * STREAM_SHARDS;
}

/** API Gateway refuses what is above the rate, before it calls a function. */
function behindRoutes(stage: Synthesised, fn: Resource): number | undefined {
  const answered = (Object.values(routes) as Route[]).filter(
    (route) => route.function === fn.properties.Description,
  );
  if (answered.length === 0) return undefined;
  const [api] = stage.of('AWS::ApiGatewayV2::Stage');
  const settings = api?.properties.RouteSettings ?? {};
  const common = api?.properties.DefaultRouteSettings?.ThrottlingRateLimit ?? Number.NaN;
  return answered
    .map(({ method, path }) => settings[`${method} ${path}`]?.ThrottlingRateLimit ?? common)
    .reduce((sum, rate) => sum + rate * ANSWER_SECONDS, 0);
}

/** The steps come one after another, so the night as a whole counts for its widest step. */
function inNight(stage: Synthesised, fn: Resource): number | undefined {
  const name = String(fn.properties.Description);
  if (!name.startsWith('night/')) return undefined;
  const text = JSON.stringify(stage.of('AWS::StepFunctions::StateMachine')[0]?.properties.DefinitionString);
  const isCalled = text.includes(`"Fn::GetAtt":["${fn.id}","Arn"]`);
  if (!isCalled) return undefined;
  const widths = [...text.matchAll(/MaxConcurrency\\*":(\d+)/g)].map(([, width]) => Number(width));
  const maps = text.match(/"Type\\*":\\*"Map/g)?.length ?? 0;
  return widths.length === maps ? Math.max(...widths) : Number.NaN;
}

/** Events and times that come singly: a night ends once, and is looked after every quarter of an hour. */
function behindRules(stage: Synthesised, fn: Resource): number | undefined {
  const isCalled = [
    ...stage
      .of('AWS::Events::Rule')
      .flatMap((rule) =>
        listed<{ Arn: unknown }>(rule.properties.Targets).map(({ Arn }) => stage.at(rule, Arn)),
      ),
    ...stage.of('AWS::Scheduler::Schedule').map((one) => stage.at(one, one.properties.Target.Arn)),
  ].includes(fn);
  return isCalled ? 1 : undefined;
}

function together(stage: Synthesised): number {
  const functions = stage.of('AWS::Lambda::Function');
  const inTheNight = functions.filter((fn) => inNight(stage, fn) !== undefined);
  const night = Math.max(0, ...inTheNight.map((fn) => mostAtOnce(stage, fn) ?? 0));
  const others = functions.filter((fn) => !inTheNight.includes(fn));
  return others.reduce((sum, fn) => sum + (mostAtOnce(stage, fn) ?? 0), night);
}

export const bounds: readonly TemplatePromise[] = [
  {
    name: 'every function runs only so often at once: by its queue, its stream, the throttle of its routes, or the night',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Lambda::Function'),
        (fn) => mostAtOnce(stage, fn) !== undefined,
        'runs as often at once as it is called',
      ),
    breaches: {
      'a queue without a bound': (stage) => {
        const mapping = stage
          .of('AWS::Lambda::EventSourceMapping')
          .find(({ properties }) => properties.ScalingConfig !== undefined);
        if (mapping === undefined) throw new Error('There is no mapping');
        delete mapping.properties.ScalingConfig;
        return stage.at(mapping, mapping.properties.FunctionName)?.id ?? '';
      },
      'an API without a throttle': (stage) => {
        changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
          delete properties.DefaultRouteSettings;
        })(stage);
        return 'segments';
      },
    },
  },
  {
    name: 'a backlog leaves room for others: no queue takes more than a tenth of the account, and at least two',
    complaints: (stage) =>
      stage
        .of('AWS::Lambda::EventSourceMapping')
        .filter(({ properties }) => properties.ScalingConfig !== undefined)
        .filter(({ properties: { ScalingConfig } }) => {
          const most = ScalingConfig.MaximumConcurrency;
          return most < 2 || most > ACCOUNT_LIMIT / 10;
        })
        .map((mapping) => `${titleOf(mapping)} takes too much or too little`),
    breaches: {
      'a queue that takes all': changed(
        'AWS::Lambda::EventSourceMapping',
        ({ properties }) => {
          properties.ScalingConfig.MaximumConcurrency = ACCOUNT_LIMIT;
        },
        ({ properties }) => properties.ScalingConfig !== undefined,
      ),
    },
  },
  {
    name: `all functions together stay below the ${ACCOUNT_LIMIT} at once that an account has at first`,
    complaints: (stage) => {
      const sum = together(stage);
      return sum <= ACCOUNT_LIMIT ? [] : [`all together run ${sum} times at once`];
    },
    breaches: {
      'a wider door': (stage) => {
        const { properties } = stage.of('AWS::ApiGatewayV2::Stage')[0] ?? {};
        properties.RouteSettings['POST /v1/events'].ThrottlingRateLimit = 10_000;
        return 'all together';
      },
    },
  },
];
