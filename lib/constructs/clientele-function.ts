import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ApplicationLogLevel,
  Architecture,
  Code,
  Function as LambdaFunction,
  LoggingFormat,
  Runtime,
  SystemLogLevel,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { bundleOptions } from '../bundling.ts';
import type { DataStack } from '../data-stack.ts';
import { type FunctionName, functionNeeds } from '../function-needs.ts';
import { has } from '../partitions.ts';
import { acknowledge } from './acknowledge.ts';
import { provide } from './provide.ts';

interface Props {
  /** Folder under functions/; also the name that logs and alarms show. */
  readonly name: FunctionName;
  readonly data: DataStack;
  /** For what is called and not waited for: events that it gave up on, as they came. */
  readonly deadLetterQueue?: IQueue;
}

/**
 * The only way this project makes a Lambda function: sized, named and granted by lib/function-needs.ts,
 * with a role and a log group of its own.
 */
export class ClienteleFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { name, data, deadLetterQueue }: Props) {
    const { stage } = data;
    const { memoryMb, timeoutSeconds, untraced = false } = functionNeeds[name];
    const logGroup = new LogGroup(scope, `${id}Logs`, {
      logGroupName: `/clientele/${stage.name}/${name}`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const traced = has(stage.partition, 'tracing') && !untraced;
    super(scope, id, {
      functionName: `clientele-${stage.name}-${name.replace('/', '-')}`,
      description: name,
      code: bundled(name),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: memoryMb,
      timeout: Duration.seconds(timeoutSeconds),
      role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      applicationLogLevelV2: ApplicationLogLevel.INFO,
      systemLogLevelV2: SystemLogLevel.WARN,
      ...(traced ? { tracing: Tracing.ACTIVE } : {}),
      ...(deadLetterQueue === undefined ? {} : { deadLetterQueue }),
      environment: { NODE_OPTIONS: '--enable-source-maps' },
    });
    if (traced) {
      acknowledge(
        role,
        'IAM5[Resource::*]',
        'X-Ray has no resources to name: its two write actions take * alone.',
      );
    }
    provide(this, functionNeeds[name], data);
  }
}

/** Bundled in this process; there is no container behind it. */
const bundled = (name: FunctionName): Code =>
  Code.fromAsset(`functions/${name}`, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle(outdir) {
          buildSync(bundleOptions(name, outdir));
          return true;
        },
      },
    },
  });
