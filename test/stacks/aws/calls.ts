import type { IncomingHttpHeaders } from 'node:http';

/** One call of an AWS API, as the SDK sends it. */
export interface ApiCall {
  /** As IAM spells it: dynamodb:GetItem. */
  readonly operation: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies of foreign APIs, read by path
  readonly body: any;
  /** Of S3 alone. */
  readonly object?: { readonly bucket: string; readonly key: string };
}

/** What IAM asks of whoever makes a call. */
export interface Demand {
  readonly action: string;
  /** The ARN after `arn:<partition>:`, or all of it where the caller names it so. */
  readonly resource: string;
  /** Condition keys that come with the call. */
  readonly context?: Readonly<Record<string, string>>;
}

/** The prefix of X-Amz-Target, and how IAM spells the service. */
const targets: Readonly<Record<string, string>> = {
  DynamoDB_20120810: 'dynamodb',
  AWSEvents: 'events',
  secretsmanager: 'secretsmanager',
  PinpointSMSVoiceV2: 'sms-voice',
};

/** Reads a request of the SDK; what it cannot name, IAM would not either. */
export function callIn(method: string, url: URL, headers: IncomingHttpHeaders, body: Buffer): ApiCall {
  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const [service = '', operation = ''] = target.split('.');
    return { operation: `${targets[service]}:${operation}`, body: JSON.parse(body.toString()) };
  }
  if (url.pathname === '/v2/email/outbound-emails') {
    return { operation: 'ses:SendEmail', body: JSON.parse(body.toString()) };
  }
  const [bucket = '', ...key] = decodeURIComponent(url.pathname.slice(1)).split('/');
  return { operation: s3Operation(method, url.searchParams), body, object: { bucket, key: key.join('/') } };
}

function s3Operation(method: string, query: URLSearchParams): string {
  if (query.has('list-type')) return 's3:ListBucket';
  if (method === 'DELETE' && query.has('uploadId')) return 's3:AbortMultipartUpload';
  return method === 'GET' ? 's3:GetObject' : 's3:PutObject';
}

/** By the service authorisation reference: a batch or transaction is asked about each of its parts. */
export function demandsOf({ operation, body, object }: ApiCall, place: string): readonly Demand[] {
  const table = (name: string) => `dynamodb:${place}:table/${name}`;
  switch (operation) {
    case 'dynamodb:BatchGetItem':
      return Object.keys(body.RequestItems).map((name) => ({ action: operation, resource: table(name) }));
    case 'dynamodb:TransactWriteItems':
      return body.TransactItems.flatMap((item: Readonly<Record<string, { TableName: string }>>) =>
        Object.entries(item).map(([kind, { TableName }]) => ({
          action: `dynamodb:${kind === 'ConditionCheck' ? kind : `${kind}Item`}`,
          resource: table(TableName),
        })),
      );
    case 'events:PutEvents':
      return body.Entries.map(({ EventBusName }: { EventBusName: string }) => ({
        action: operation,
        resource: `events:${place}:event-bus/${EventBusName}`,
      }));
    case 'secretsmanager:GetSecretValue':
      return [{ action: operation, resource: body.SecretId }];
    case 'sms-voice:SendTextMessage':
      return [{ action: operation, resource: body.OriginationIdentity }];
    case 'ses:SendEmail':
      return emailDemands(body, place);
    default:
      return [
        {
          action: operation,
          resource:
            object === undefined
              ? table(body.TableName)
              : `s3:::${object.bucket}${operation === 's3:ListBucket' ? '' : `/${object.key}`}`,
        },
      ];
  }
}

/** SES may have verified the address or its domain: whichever it is has to do. */
function emailDemands(
  { FromEmailAddress: from, ConfigurationSetName: set }: Readonly<Record<string, string>>,
  place: string,
): readonly Demand[] {
  const names = [`identity/${from}`, `identity/${from?.replace(/^.*@/, '')}`, `configuration-set/${set}`];
  return names.map((name) => ({
    action: 'ses:SendEmail',
    resource: `ses:${place}:${name}`,
    context: { 'ses:FromAddress': from ?? '' },
  }));
}
