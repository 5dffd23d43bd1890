import {
  type CfnStage,
  type HttpApi,
  type HttpMethod,
  HttpNoneAuthorizer,
  type HttpRoute,
  type HttpStage,
  type IHttpRouteAuthorizer,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Construct } from 'constructs';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { settings } from '../../shared/contracts/settings.ts';
import type { DataStack } from '../data-stack.ts';
import type { RouteFunction } from '../function-needs.ts';
import { acknowledge } from './acknowledge.ts';
import { ClienteleFunction } from './clientele-function.ts';

interface Props {
  readonly api: HttpApi;
  readonly data: DataStack;
}

/**
 * The routes of shared/contracts/routes.ts, a function per folder that answers them. People bring a token,
 * which the API checks; sources bring a write key, which the function checks.
 */
export class HttpRoutes extends Construct {
  private readonly made: readonly (readonly [Route, HttpRoute])[];

  constructor(scope: Construct, id: string, { api, data }: Props) {
    super(scope, id);
    const { issuer, audience, rolesClaim } = data.people;
    const people = new HttpJwtAuthorizer('People', issuer, { jwtAudience: [audience] });
    const integrations = new Map<RouteFunction, HttpLambdaIntegration>();

    const integrationOf = (name: RouteFunction): HttpLambdaIntegration => {
      const known = integrations.get(name);
      if (known !== undefined) return known;
      const fn = new ClienteleFunction(this, name.replace('/', '-'), { name, data });
      fn.addEnvironment(settings.rolesClaim, rolesClaim);
      const made = new HttpLambdaIntegration(name.replace('/', '-'), fn);
      integrations.set(name, made);
      return made;
    };

    this.made = Object.values(routes).flatMap((route) =>
      api
        .addRoutes({
          path: route.path,
          methods: [route.method as HttpMethod],
          integration: integrationOf(route.function),
          authorizer: authorizerOf(route, people),
        })
        .map((made) => [route, made] as const),
    );
    for (const [route, made] of this.made) {
      const reason = withoutAuthorizer[openTo(route)];
      if (reason !== undefined) acknowledge(made, 'APIG4', reason);
    }
  }

  /** Gives routes that ask for one a throttle of their own. The CDK has no word for it; the names are CloudFormation's. */
  throttle(stage: HttpStage): void {
    const own: Record<string, object> = {};
    for (const [{ method, path, throttle }, made] of this.made) {
      if (throttle === undefined) continue;
      own[`${method} ${path}`] = {
        ThrottlingRateLimit: throttle.perSecond,
        ThrottlingBurstLimit: throttle.burst,
      };
      // The stage refuses settings of a route that is not there yet.
      stage.node.addDependency(made);
    }
    (stage.node.defaultChild as CfnStage).routeSettings = own;
  }
}

const openTo = ({ access, asItCame }: Route): 'anybody' | 'shops' | 'sources' | 'people' => {
  if (asItCame === true) return 'shops';
  return access === 'open' ? 'anybody' : access === 'source' ? 'sources' : 'people';
};

const authorizerOf = (route: Route, people: IHttpRouteAuthorizer): IHttpRouteAuthorizer =>
  openTo(route) === 'people' ? people : new HttpNoneAuthorizer();

const withoutAuthorizer: Partial<Record<ReturnType<typeof openTo>, string>> = {
  anybody: 'It tells nothing about anybody: the health of the service, and its description.',
  shops: 'The function checks the signature itself; an authorizer never sees the body that it covers.',
  sources:
    'The function checks the write key itself; an authorizer never sees the body that signatures cover.',
};
