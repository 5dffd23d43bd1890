import * as z from 'zod';
import { type TableName, tableNames } from './key.ts';
import { StageSettings } from './stage.ts';
import { type Reactor, reactions } from './topology.ts';

/** The stacks of a stage, in the order of their deployment. */
export const stackParts = ['data', 'api', 'consumers', 'night', 'observability'] as const;
export type StackPart = (typeof stackParts)[number];

export const stackName = (stage: string, part: StackPart): string => `clientele-${stage}-${part}`;

/** Whatever has a queue for what gave up. */
export type Part = Reactor | 'outbox/relay-messages' | 'night';
export const parts: readonly Part[] = [
  ...(Object.keys(reactions) as Reactor[]),
  'outbox/relay-messages',
  'night',
];

/** customers/fold-events → CustomersFoldEvents */
const pascal = (name: string): string =>
  name.replaceAll(/(?:^|[^a-z0-9])([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());

/** The names of the CloudFormation outputs in which a stage tells of itself: lib/ writes them, ops/ reads them. */
export const outputs = {
  settings: 'Settings',
  layout: 'Layout',
  bus: 'BusName',
  bucket: 'BucketName',
  masterSecret: 'MasterSecretArn',
  userPool: 'UserPoolId',
  audience: 'Audience',
  url: 'Url',
  nightMachine: 'NightMachineArn',
  table: (name: TableName) => `${pascal(name)}Table` as const,
  queue: (reactor: Reactor) => `${pascal(reactor)}Queue` as const,
  deadLetters: (part: Part) => `${pascal(part)}DeadLetters` as const,
} as const;

const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((text): unknown => JSON.parse(text))
    .pipe(schema);

const text = z.string().min(1);

/** The outputs of all stacks of one stage, read together. */
export const DeployedOutputs = z
  .object({
    [outputs.settings]: json(StageSettings),
    [outputs.layout]: z.coerce.number().int(),
    [outputs.bus]: text,
    [outputs.bucket]: text,
    [outputs.masterSecret]: text,
    /** Absent where another issuer lets people in. */
    [outputs.userPool]: text.optional(),
    [outputs.audience]: text,
    [outputs.url]: z.url(),
    [outputs.nightMachine]: text,
  })
  .catchall(text);

/** A deployed stage as the command line and the tests know it. */
export interface DeployedStage {
  readonly name: string;
  readonly settings: StageSettings;
  /** Version of the tables' layout (LAYOUT in keys.ts) that was deployed. */
  readonly layout: number;
  readonly tables: Readonly<Record<TableName, string>>;
  readonly bus: string;
  readonly bucket: string;
  readonly masterSecret: string;
  readonly userPool: string | undefined;
  readonly audience: string;
  readonly url: string;
  readonly nightMachine: string;
  /** URLs of the work queues. */
  readonly queues: Readonly<Record<Reactor, string>>;
  /** URLs of the queues for what gave up. */
  readonly deadLetters: Readonly<Record<Part, string>>;
}

/** Throws a ZodError that names every output that is missing or wrong. */
export function deployedStage(name: string, told: Readonly<Record<string, string>>): DeployedStage {
  const read = DeployedOutputs.parse(told);
  const named = <K extends string>(names: readonly K[], output: (name: K) => string) =>
    Object.fromEntries(
      names.map((one) => [one, z.object({ [output(one)]: text }).parse(told)[output(one)]]),
    ) as Record<K, string>;
  return {
    name,
    settings: read[outputs.settings],
    layout: read[outputs.layout],
    tables: named(tableNames, outputs.table),
    bus: read[outputs.bus],
    bucket: read[outputs.bucket],
    masterSecret: read[outputs.masterSecret],
    userPool: read[outputs.userPool],
    audience: read[outputs.audience],
    url: read[outputs.url].replace(/\/$/, ''),
    nightMachine: read[outputs.nightMachine],
    queues: named(Object.keys(reactions) as Reactor[], outputs.queue),
    deadLetters: named(parts, outputs.deadLetters),
  };
}
