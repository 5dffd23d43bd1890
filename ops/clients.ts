import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { S3Client } from '@aws-sdk/client-s3';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';

/** One client a service, all in one region; endpoint and credentials come from the environment, as the SDK finds them. */
export const clientsIn = (region: string) => ({
  cloudFormation: new CloudFormationClient({ region }),
  dynamo: new DynamoDBClient({ region }),
  eventBridge: new EventBridgeClient({ region }),
  s3: new S3Client({ region }),
  secrets: new SecretsManagerClient({ region }),
  sfn: new SFNClient({ region }),
  // Queues are no exception: who names an endpoint means all calls.
  sqs: new SQSClient({ region, useQueueUrlAsEndpoint: false }),
});

export type Clients = ReturnType<typeof clientsIn>;
