import { ArnFormat, Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, Billing, StreamViewType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, StorageClass } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { outputs } from '../shared/contracts/deployed.ts';
import type { TableName } from '../shared/contracts/key.ts';
import { LAYOUT } from '../shared/contracts/keys.ts';
import { acknowledge } from './constructs/acknowledge.ts';
import { People } from './constructs/people.ts';
import { Sending } from './constructs/sending.ts';
import { tell } from './constructs/tell.ts';
import type { Stage } from './stage-schema.ts';

interface Props extends StackProps {
  readonly stage: Stage;
}

/**
 * Everything that must outlive a deployment, and what all others point at. Never rename a construct here:
 * a new logical id is a new, empty table.
 */
export class DataStack extends Stack {
  readonly stage: Stage;
  readonly tables: Readonly<Record<TableName, TableV2>>;
  /** Written out, so that roles can name folders in it. Bucket names are unique over all accounts. */
  readonly bucketName: string;
  readonly bus: EventBus;
  readonly secret: Secret;
  readonly people: People;
  readonly sending: Sending;
  /** Where alarms ring. */
  readonly alarms: Topic;

  constructor(scope: Construct, id: string, { stage, ...props }: Props) {
    super(scope, id, props);
    this.stage = stage;
    this.tables = {
      customers: this.table('Customers'),
      facts: this.table('Facts'),
      vault: this.table('Vault'),
      control: this.table('Control'),
      outbox: this.table('Outbox', StreamViewType.NEW_IMAGE),
    };
    this.bucketName = `clientele-${stage.name}-files-${this.account}`;
    this.files();
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: `clientele-${stage.name}`,
      description: 'Messages of shared/contracts/messages.ts',
    });
    this.secret = this.masterSecret();
    this.people = new People(this, 'People', stage);
    this.sending = new Sending(this, 'Sending', stage);
    this.alarms = this.alarmTopic();
    this.tellOutputs();
  }

  private tellOutputs(): void {
    const { userPoolId, audience } = this.people;
    tell(this, {
      [outputs.settings]: JSON.stringify(this.stage.settings),
      [outputs.layout]: String(LAYOUT),
      [outputs.bus]: this.bus.eventBusName,
      [outputs.bucket]: this.bucketName,
      [outputs.masterSecret]: this.secret.secretArn,
      [outputs.audience]: audience,
      ...(userPoolId === undefined ? {} : { [outputs.userPool]: userPoolId }),
      ...Object.fromEntries(
        Object.entries(this.tables).map(([name, table]) => [
          outputs.table(name as TableName),
          table.tableName,
        ]),
      ),
    });
  }

  private table(id: string, stream?: StreamViewType): TableV2 {
    return new TableV2(this, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billing: Billing.onDemand(),
      timeToLiveAttribute: 'expires',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(stream === undefined ? {} : { dynamoStream: stream }),
    });
  }

  private files(): void {
    const common = {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Of a creation that failed nothing stays: the bucket's name would be taken for the next.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    };
    const logs = new Bucket(this, 'AccessLogs', {
      ...common,
      lifecycleRules: [{ expiration: Duration.days(90) }],
    });
    acknowledge(logs, 'S1', 'It holds the access logs itself; logging it into itself would never end.');
    new Bucket(this, 'Files', {
      bucketName: this.bucketName,
      ...common,
      versioned: true,
      serverAccessLogsBucket: logs,
      lifecycleRules: [
        {
          abortIncompleteMultipartUploadAfter: Duration.days(2),
          noncurrentVersionExpiration: Duration.days(30),
        },
        { prefix: 'runs/', expiration: Duration.days(60) },
        {
          prefix: 'archive/',
          transitions: [
            { storageClass: StorageClass.INTELLIGENT_TIERING, transitionAfter: Duration.days(30) },
          ],
        },
      ],
    });
  }

  /** Not under a key: the one that AWS manages shuts CloudWatch out, and alarms say names and numbers only. */
  private alarmTopic(): Topic {
    const { name, operators } = this.stage;
    const topic = new Topic(this, 'Alarms', { enforceSSL: true, displayName: `Clientele ${name}` });
    // With a policy of its own, a topic loses the one that would let the account's alarms in.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'AllowAlarmsOfTheStage',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          ArnLike: {
            'aws:SourceArn': this.formatArn({
              service: 'cloudwatch',
              resource: 'alarm',
              resourceName: `clientele/${name}/*`,
              arnFormat: ArnFormat.COLON_RESOURCE_NAME,
            }),
          },
        },
      }),
    );
    for (const address of operators) topic.addSubscription(new EmailSubscription(address));
    return topic;
  }

  private masterSecret(): Secret {
    const secret = new Secret(this, 'Master', {
      description: 'Keys the hashes of identifiers and wraps the keys of the vault. Never change it.',
      generateSecretString: { passwordLength: 43, excludePunctuation: true },
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    acknowledge(
      secret,
      'SMG4',
      'Every profile id is a hash keyed by it: another value would be another, empty shop.',
    );
    return secret;
  }
}
