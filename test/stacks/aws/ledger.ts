import { covers, type Right, rightsOf } from '../policies.ts';
import { arnOf, textOf } from '../references.ts';
import { listed, type Resource, type Synthesised } from '../synthesised.ts';
import type { Demand } from './calls.ts';

const spelt = ({ action, resource }: Right): string => `${action} on ${resource}`;

/** Conditions of the one kind that our policies hold for calls. */
const holds = ({ conditions }: Right, context: Demand['context'] = {}): boolean =>
  Object.entries(conditions['StringEquals'] ?? {}).every(([key, value]) =>
    listed(value).includes(context[key]),
  );

/** Allowed where nothing is demanded, or one way or another each demand is. */
export interface Ledger {
  /** Whether the function may do all of this; what it may and may not is remembered. */
  readonly ask: (demands: readonly Demand[]) => boolean;
  /** What it asked for in vain. */
  readonly missing: () => readonly string[];
  /** What it was given and never asked for. */
  readonly surplus: () => readonly string[];
}

/** Keeps the accounts of one function's rights: those that its role has, and those that it uses. */
export function ledger(stage: Synthesised, fn: Resource): Ledger {
  const given = rightsOf(stage, fn);
  const used = new Set<Right>();
  const missing = new Set<string>();

  const allowedBy = ({ action, resource, context }: Demand): Right | undefined => {
    const arn = resource.startsWith('arn:') ? resource : `arn:${stage.written.partition}:${resource}`;
    const right = given.find(
      (one) => one.action === action && covers(one.resource, arn) && holds(one, context),
    );
    if (right === undefined) missing.add(`${action} on ${arn}`);
    return right;
  };

  return {
    ask(demands) {
      const rights = demands.map(allowedBy);
      for (const right of rights) if (right !== undefined) used.add(right);
      return !rights.includes(undefined);
    },
    missing: () => [...missing],
    surplus: () =>
      given
        .filter((right) => !used.has(right) && !isOfTheHost(stage, fn, right) && !comesWith(right, [...used]))
        .map(spelt),
  };
}

/** Rights that are of use in case of need alone, and what makes the case. */
const companions: Readonly<Record<string, string>> = {
  // Which files grow beyond one part is a matter of size; what was begun must be given up when it breaks off.
  's3:AbortMultipartUpload': 's3:PutObject',
};

const comesWith = ({ action, resource }: Right, used: readonly Right[]): boolean =>
  used.some((one) => one.action === companions[action] && one.resource === resource);

const queueReading = [
  'ReceiveMessage',
  'DeleteMessage',
  'ChangeMessageVisibility',
  'GetQueueAttributes',
  'GetQueueUrl',
];
const queueWriting = ['SendMessage', 'GetQueueAttributes', 'GetQueueUrl'];
const streamReading = ['DescribeStream', 'GetRecords', 'GetShardIterator', 'ListStreams'];

const sqs = (action: string): string => `sqs:${action}`;

/** What Lambda does under the function's role: writes its log and trace, reads its queue or stream, keeps its failures. */
function isOfTheHost(stage: Synthesised, fn: Resource, { action, resource }: Right): boolean {
  const is = (from: Resource, reference: unknown): boolean =>
    reference !== undefined && textOf(stage, from, reference) === resource;
  const mappings = stage
    .of('AWS::Lambda::EventSourceMapping')
    .filter((one) => stage.at(one, one.properties.FunctionName) === fn);
  const isLog = stage.at(fn, fn.properties.LoggingConfig?.LogGroup);
  const hosts: readonly (readonly [readonly string[], boolean])[] = [
    [['logs:CreateLogStream', 'logs:PutLogEvents'], isLog !== undefined && arnOf(stage, isLog) === resource],
    [['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], fn.properties.TracingConfig !== undefined],
    [queueReading.map(sqs), mappings.some((one) => is(one, one.properties.EventSourceArn))],
    [
      streamReading.map((one) => `dynamodb:${one}`),
      mappings.some((one) => is(one, one.properties.EventSourceArn)),
    ],
    [
      queueWriting.map(sqs),
      is(fn, fn.properties.DeadLetterConfig?.TargetArn) ||
        mappings.some((one) => is(one, one.properties.DestinationConfig?.OnFailure?.Destination)),
    ],
  ];
  return hosts.some(([actions, isItsOwn]) => isItsOwn && actions.includes(action));
}
