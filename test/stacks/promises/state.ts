import { type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, type TemplatePromise } from './promise.ts';

/** What a stage's people write, or what is made of it: losing it is losing the shop. */
const irreplaceable: readonly string[] = [
  'AWS::DynamoDB::GlobalTable',
  'AWS::S3::Bucket',
  'AWS::SecretsManager::Secret',
  'AWS::Cognito::UserPool',
  'AWS::Events::EventBus',
];

/** The bus keeps nothing; it stands among them for the names that others know it by. */
const keepsData = (type: string): boolean => irreplaceable.includes(type) && type !== 'AWS::Events::EventBus';

/** A new logical id is a new and empty store. */
const pinned: readonly string[] = [
  'Customers6955EA0A',
  'FactsA5EA939F',
  'Vault23237E5B',
  'Control42E771B2',
  'Outbox27BBF20A',
  'AccessLogs8B620ECA',
  'Files8E6940B8',
  'Master1645C907',
  'PeopleUsersEA5C520F',
  'BusEA82B648',
];

const isDataStack = (stage: Synthesised, name: string): boolean => name === `clientele-${stage.name}-data`;

const tables = (stage: Synthesised) => stage.of('AWS::DynamoDB::GlobalTable');

export const state: readonly TemplatePromise[] = [
  {
    name: 'tables can be restored to any second, and nobody deletes them by mistake',
    complaints: (stage) =>
      tables(stage).flatMap((table) =>
        table.properties.Replicas.every(
          // biome-ignore lint/suspicious/noExplicitAny: properties of templates are foreign JSON
          (replica: any) =>
            replica.PointInTimeRecoverySpecification?.PointInTimeRecoveryEnabled === true &&
            replica.DeletionProtectionEnabled === true,
        )
          ? []
          : [`${titleOf(table)} lacks point-in-time recovery or deletion protection`],
      ),
    breaches: {
      'no recovery': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        delete properties.Replicas[0].PointInTimeRecoverySpecification;
      }),
      'no protection': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        properties.Replicas[0].DeletionProtectionEnabled = false;
      }),
    },
  },
  {
    name: 'what keeps data stays when its stack goes or its shape changes',
    complaints: (stage) => [
      ...stage.resources
        .filter(({ type }) => keepsData(type))
        .filter(
          ({ deletionPolicy, replacePolicy }) =>
            !/^Retain(ExceptOnCreate)?$/.test(deletionPolicy ?? '') || replacePolicy !== 'Retain',
        )
        .map((resource) => `${titleOf(resource)} goes with its stack`),
      ...stage
        .of('AWS::Cognito::UserPool')
        .filter(({ properties }) => properties.DeletionProtection !== 'ACTIVE')
        .map((pool) => `${titleOf(pool)} can be deleted by mistake`),
      ...stage
        .of('AWS::S3::Bucket')
        .filter(
          ({ id, properties }) =>
            id.startsWith('Files') && properties.VersioningConfiguration?.Status !== 'Enabled',
        )
        .map((bucket) => `${titleOf(bucket)} keeps no older versions`),
    ],
    breaches: {
      'a table that goes': (stage) =>
        replace(stage, 'AWS::DynamoDB::GlobalTable', { deletionPolicy: 'Delete' }),
      'a secret that is replaced': (stage) =>
        replace(stage, 'AWS::SecretsManager::Secret', { replacePolicy: 'Delete' }),
      'a pool without protection': changed('AWS::Cognito::UserPool', ({ properties }) => {
        properties.DeletionProtection = 'INACTIVE';
      }),
      'files without versions': changed(
        'AWS::S3::Bucket',
        ({ properties }) => {
          delete properties.VersioningConfiguration;
        },
        ({ id }) => id.startsWith('Files'),
      ),
    },
  },
  {
    name: 'what keeps data stands in the data stack, which cannot be deleted by mistake',
    complaints: (stage) => [
      ...stage.stacks
        .filter(({ name, terminationProtection }) => isDataStack(stage, name) && !terminationProtection)
        .map(({ name }) => `${name} has no termination protection`),
      ...stage.resources
        .filter(({ type, stack }) => irreplaceable.includes(type) && !isDataStack(stage, stack))
        .map((resource) => `${titleOf(resource)} stands in a stack that comes and goes`),
    ],
    breaches: {
      'no termination protection': (stage) => {
        const index = stage.stacks.findIndex(({ name }) => isDataStack(stage, name));
        const [stack] = stage.stacks.splice(index, 1);
        if (stack !== undefined) stage.stacks.push({ ...stack, terminationProtection: false });
        return `clientele-${stage.name}-data`;
      },
      'a table elsewhere': (stage) =>
        replace(stage, 'AWS::DynamoDB::GlobalTable', { stack: `clientele-${stage.name}-night` }),
    },
  },
  {
    name: 'stateful resources keep their logical ids',
    complaints: (stage) => {
      const ids = stage.resources.filter(({ type }) => irreplaceable.includes(type)).map(({ id }) => id);
      const expected = pinned.filter(
        (id) => stage.written.auth.kind === 'cognito' || !id.startsWith('People'),
      );
      return [
        ...expected.filter((id) => !ids.includes(id)).map((id) => `${id} is gone`),
        ...ids.filter((id) => !expected.includes(id)).map((id) => `${id} is new: pin it`),
      ];
    },
    breaches: {
      'a table with another id': (stage) =>
        replace(stage, 'AWS::DynamoDB::GlobalTable', { id: 'CustomersOther' }),
    },
  },
  {
    name: 'tables have the keys, the expiry and the stream that the adapters read',
    complaints: (stage) =>
      tables(stage).flatMap((table) => {
        const { KeySchema, TimeToLiveSpecification, StreamSpecification, BillingMode } = table.properties;
        const shape = JSON.stringify([KeySchema, TimeToLiveSpecification, BillingMode]);
        const stream = table.id.startsWith('Outbox') ? 'NEW_IMAGE' : undefined;
        return shape === SHAPE && StreamSpecification?.StreamViewType === stream
          ? []
          : [`${titleOf(table)} has another shape`];
      }),
    breaches: {
      'another sort key': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        properties.KeySchema[1].AttributeName = 'sort';
      }),
      'no expiry': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        delete properties.TimeToLiveSpecification;
      }),
      'a stream of customers': changed('AWS::DynamoDB::GlobalTable', ({ properties }) => {
        properties.StreamSpecification = { StreamViewType: 'NEW_IMAGE' };
      }),
    },
  },
];

const SHAPE = JSON.stringify([
  [
    { AttributeName: 'pk', KeyType: 'HASH' },
    { AttributeName: 'sk', KeyType: 'RANGE' },
  ],
  { AttributeName: 'expires', Enabled: true },
  'PAY_PER_REQUEST',
]);

/** Puts another in the place of the first resource of a type, and answers its id. */
function replace(stage: Synthesised, type: string, change: Partial<Resource>): string {
  const index = stage.resources.findIndex((resource) => resource.type === type);
  const [before] = stage.resources.splice(index, 1);
  if (before === undefined) throw new Error(`There is no ${type}`);
  const after = { ...before, ...change };
  stage.resources.splice(index, 0, after);
  return after.id;
}
