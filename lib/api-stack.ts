import { Duration, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import { CorsHttpMethod, HttpApi, HttpStage, LogGroupLogDestination } from 'aws-cdk-lib/aws-apigatewayv2';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { outputs } from '../shared/contracts/deployed.ts';
import { crossOrigin, defaultThrottle } from '../shared/contracts/route.ts';
import { HttpRoutes } from './constructs/http-routes.ts';
import { RunbookAlarm } from './constructs/runbook-alarm.ts';
import { tell } from './constructs/tell.ts';
import type { DataStack } from './data-stack.ts';

interface Props extends StackProps {
  readonly data: DataStack;
}

/** What is worth knowing of a call; no address of a caller, no path with an id in it. */
const LOGGED = {
  requestId: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  error: '$context.error.message',
  authorizerError: '$context.authorizer.error',
};

/** The HTTP API: everything that comes in from outside. */
export class ApiStack extends Stack {
  readonly api: HttpApi;
  readonly accessLogs: LogGroup;

  constructor(scope: Construct, id: string, { data, ...props }: Props) {
    super(scope, id, props);
    this.api = new HttpApi(this, 'Api', {
      apiName: `clientele-${data.stage.name}`,
      createDefaultStage: false,
      corsPreflight: {
        allowOrigins: [crossOrigin.origin],
        allowMethods: crossOrigin.methods.map((method) => CorsHttpMethod[method]),
        allowHeaders: [...crossOrigin.headers],
        maxAge: Duration.seconds(crossOrigin.maxAgeSeconds),
      },
    });
    this.accessLogs = new LogGroup(this, 'AccessLogs', {
      logGroupName: `/aws/vendedlogs/clientele/${data.stage.name}/api`,
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = new HttpStage(this, 'Default', {
      httpApi: this.api,
      stageName: '$default',
      autoDeploy: true,
      throttle: { rateLimit: defaultThrottle.perSecond, burstLimit: defaultThrottle.burst },
      accessLogSettings: {
        format: AccessLogFormat.custom(JSON.stringify(LOGGED)),
        destination: new LogGroupLogDestination(this.accessLogs),
      },
    });
    const routes = new HttpRoutes(this, 'Routes', { api: this.api, data });
    routes.throttle(stage);
    new RunbookAlarm(this, 'Errors', {
      data,
      name: 'api/errors',
      says: 'The API answers with 5xx.',
      page: 'api-errors',
      metric: this.api.metricServerError({ period: Duration.minutes(1), statistic: 'Sum' }),
      threshold: 5,
      periods: 3,
    });
    tell(this, { [outputs.url]: stage.url });
  }
}
