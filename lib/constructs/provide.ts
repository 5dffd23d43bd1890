import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import type { TableName } from '../../shared/contracts/key.ts';
import { type Setting, settings, tableSetting } from '../../shared/contracts/settings.ts';
import type { DataStack } from '../data-stack.ts';
import type { FunctionNeeds, TableAction } from '../function-needs.ts';
import { acknowledgeWildcard } from './acknowledge.ts';

const fileActions = {
  read: ['s3:GetObject'],
  write: ['s3:PutObject', 's3:AbortMultipartUpload'],
} as const;

const dynamo = (action: TableAction): string => `dynamodb:${action}`;

/** Grants the access and sets the name together, so that neither can be forgotten. */
export function provide(fn: LambdaFunction, needs: FunctionNeeds, data: DataStack): void {
  const set = (setting: Setting, value: string) => fn.addEnvironment(settings[setting], value);
  const allow = (actions: readonly string[], ...resources: string[]) =>
    fn.addToRolePolicy(new PolicyStatement({ actions: [...actions], resources }));

  set('stage', JSON.stringify(data.stage.settings));
  for (const [name, actions] of Object.entries(needs.tables ?? {}) as [TableName, TableAction[]][]) {
    const table = data.tables[name];
    allow(actions.map(dynamo), table.tableArn);
    set(tableSetting(name), table.tableName);
  }
  if (needs.files !== undefined) {
    const bucket = `arn:${data.partition}:s3:::${data.bucketName}`;
    const files = `${bucket}/${needs.files.folder}/*`;
    allow(
      needs.files.access.flatMap((one) => fileActions[one]),
      files,
    );
    // Without it a missing file looks like a forbidden one.
    if (needs.files.access.includes('read')) allow(['s3:ListBucket'], bucket);
    acknowledgeWildcard(fn.role ?? fn, files, 'Files of a folder are made as days and shards come.');
    set('bucket', data.bucketName);
  }
  if (needs.bus) {
    allow(['events:PutEvents'], data.bus.eventBusArn);
    set('bus', data.bus.eventBusName);
  }
  if (needs.secret) {
    allow(['secretsmanager:GetSecretValue'], data.secret.secretArn);
    set('masterSecret', data.secret.secretArn);
  }
  if (needs.senders) {
    const { settings: senders, statements } = data.sending;
    for (const right of statements) fn.addToRolePolicy(right);
    // What ends in the house is kept sealed in the vault.
    const isKept = Object.values(senders).some(({ kind }) => kind === 'outbox');
    if (isKept) allow([dynamo('PutItem')], data.tables.vault.tableArn);
    set('senders', JSON.stringify(senders));
  }
}
