import { globSync } from 'node:fs';
import { type FunctionName, type FunctionNeeds, functionNeeds } from '../../../lib/function-needs.ts';
import { has } from '../../../lib/partitions.ts';
import { settings } from '../../../shared/contracts/settings.ts';
import { listeners, reactions } from '../../../shared/contracts/topology.ts';
import { rightsOf } from '../policies.ts';
import { arnOf } from '../references.ts';
import { listed, type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, firstOf, plant, type TemplatePromise, takeAway, unless } from './promise.ts';

const folders: readonly string[] = globSync('functions/*/*/handler.ts').map((file) =>
  file.split('/').slice(1, 3).join('/'),
);

const functions = (stage: Synthesised) => stage.of('AWS::Lambda::Function');
const named = (stage: Synthesised, name: string): Resource | undefined =>
  functions(stage).find(({ properties }) => properties.Description === name);

/** The queue that a function works off, and the rules that fill it. */
function feedersOf(stage: Synthesised, name: string): readonly Resource[] {
  const mapping = stage
    .of('AWS::Lambda::EventSourceMapping')
    .find((one) => stage.at(one, one.properties.FunctionName) === named(stage, name));
  const queue = mapping && stage.at(mapping, mapping.properties.EventSourceArn);
  return stage
    .of('AWS::Events::Rule')
    .filter((rule) =>
      listed<{ Arn: unknown }>(rule.properties.Targets).some(
        ({ Arn }) => queue && stage.at(rule, Arn) === queue,
      ),
    );
}

/** Listeners hear what services of AWS tell, where the stage uses them. */
const isFed = (stage: Synthesised, name: string): boolean =>
  !(name in listeners) || stage.written.email.kind === 'ses';

export const functionPromises: readonly TemplatePromise[] = [
  {
    name: 'the functions are those that have a folder, sized as they need it',
    complaints: (stage) => [
      ...folders.filter((name) => named(stage, name) === undefined).map((name) => `${name} is not deployed`),
      ...functions(stage)
        .filter(({ properties }) => !folders.includes(properties.Description))
        .map((fn) => `${titleOf(fn)} has no folder`),
      ...unless(
        functions(stage),
        ({ properties: { Description, MemorySize, Timeout } }) => {
          const needs: FunctionNeeds | undefined = functionNeeds[Description as FunctionName];
          return needs !== undefined && needs.memoryMb === MemorySize && needs.timeoutSeconds === Timeout;
        },
        'has another size',
      ),
    ],
    breaches: {
      'a function that is missing': (stage) =>
        takeAway(stage, 'AWS::Lambda::Function').properties.Description,
      'a function that nobody wrote': (stage) =>
        plant(stage, 'AWS::Lambda::Function', { Description: 'of/the-cdk' }).id,
      'no time limit': changed('AWS::Lambda::Function', ({ properties }) => {
        delete properties.Timeout;
      }),
    },
  },
  {
    name: 'functions run on Node 24 and arm64',
    complaints: (stage) =>
      unless(
        functions(stage),
        ({ properties: { Runtime, Architectures } }) =>
          Runtime === 'nodejs24.x' && listed(Architectures).join() === 'arm64',
        'runs on something else',
      ),
    breaches: {
      'an older Node': changed('AWS::Lambda::Function', ({ properties }) => {
        properties.Runtime = 'nodejs18.x';
      }),
      'another processor': changed('AWS::Lambda::Function', ({ properties }) => {
        properties.Architectures = ['x86_64'];
      }),
    },
  },
  {
    name: 'functions know the settings that the contract names, and no others',
    complaints: (stage) =>
      unless(
        functions(stage),
        ({ properties }) => {
          const known: readonly string[] = [...Object.values(settings), 'NODE_OPTIONS'];
          return Object.keys(properties.Environment?.Variables ?? {}).every((name) => known.includes(name));
        },
        'knows a setting that no contract names',
      ),
    breaches: {
      'a password': changed('AWS::Lambda::Function', ({ properties }) => {
        properties.Environment.Variables.PASSWORD = 'secret';
      }),
    },
  },
  {
    name: 'functions are traced where the partition has it, but not once for every event',
    complaints: (stage) => {
      const traced = has(stage.written.partition, 'tracing');
      return [
        ...unless(
          functions(stage),
          ({ properties }) => {
            const needs: FunctionNeeds | undefined = functionNeeds[properties.Description as FunctionName];
            const wanted = traced && needs?.untraced !== true;
            return properties.TracingConfig?.Mode === (wanted ? 'Active' : undefined);
          },
          'is traced where it should not be, or not where it should',
        ),
        ...unless(
          stage.of('AWS::StepFunctions::StateMachine'),
          ({ properties }) => properties.TracingConfiguration?.Enabled === (traced ? true : undefined),
          traced ? 'is not traced' : 'is traced',
        ),
      ];
    },
    breaches: {
      'a function': changed('AWS::Lambda::Function', ({ properties }) => {
        properties.TracingConfig = { Mode: 'PassThrough' };
      }),
      'the night': changed('AWS::StepFunctions::StateMachine', ({ properties }) => {
        properties.TracingConfiguration = { Enabled: false };
      }),
    },
  },
  {
    name: 'whoever reacts to messages stands behind rules for just those',
    complaints: (stage) =>
      Object.entries(reactions).flatMap(([name, reaction]) => {
        const heard = feedersOf(stage, name).flatMap(({ properties: { EventPattern } }) => [
          ...listed<string>(EventPattern['detail-type']),
          ...listed<string>(EventPattern.detail?.about ?? []),
        ]);
        const wanted: readonly string[] = [...reaction.on, ...('about' in reaction ? [reaction.about] : [])];
        const expected = isFed(stage, name) ? wanted : [];
        return heard.toSorted().join() === expected.toSorted().join()
          ? []
          : [`${name} hears [${heard}] instead of [${expected}]`];
      }),
    breaches: {
      'one that hears what is not for it': (stage) => {
        const { properties } = firstOf(stage, 'AWS::Events::Rule', ({ properties }) =>
          String(properties.Description).endsWith('ingest/watch-feeds'),
        );
        delete properties.EventPattern.detail;
        return 'ingest/watch-feeds';
      },
      'a message too many': (stage) => {
        const { properties } = firstOf(stage, 'AWS::Events::Rule', (rule) =>
          listed(rule.properties.EventPattern['detail-type']).includes('campaign.shard-due'),
        );
        properties.EventPattern['detail-type'].push('events.accepted');
        return 'campaigns/address-shard';
      },
      'a rule that is missing': (stage) => {
        takeAway(stage, 'AWS::Events::Rule', ({ properties }) =>
          listed(properties.EventPattern['detail-type']).includes('campaign.shard-due'),
        );
        return 'campaigns/address-shard';
      },
    },
  },
  {
    name: 'every function may write its own log, and no other',
    complaints: (stage) =>
      unless(
        functions(stage),
        (fn) => {
          const group = stage.at(fn, fn.properties.LoggingConfig?.LogGroup);
          const written = rightsOf(stage, fn).filter(({ action }) => action.startsWith('logs:'));
          return (
            written
              .map(({ action }) => action)
              .sort()
              .join() === 'logs:CreateLogStream,logs:PutLogEvents' &&
            written.every(({ resource }) => group !== undefined && resource === arnOf(stage, group))
          );
        },
        'writes another log, or none',
      ),
    breaches: {
      'a log of another': (stage) => {
        const [one, other] = functions(stage);
        if (one === undefined || other === undefined) throw new Error('There are no two functions');
        one.properties.LoggingConfig.LogGroup = other.properties.LoggingConfig.LogGroup;
        return one.id;
      },
    },
  },
];
