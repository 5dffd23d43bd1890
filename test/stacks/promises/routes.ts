import { defaultThrottle, type Route, type Throttle } from '../../../shared/contracts/route.ts';
import { routes as contract, type RouteName } from '../../../shared/contracts/routes.ts';
import { segmentRoutes } from '../../../shared/contracts/segment-routes.ts';
import { type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, firstOf, plant, type TemplatePromise, takeAway, unless } from './promise.ts';

/** Routes that no token is asked for, each with the reason. */
const withoutToken: Readonly<Partial<Record<RouteName, string>>> = {
  health: 'Load balancers and watchers ask whether it is up; it says nothing else.',
  describe: 'The description of the API is no secret, and programmers read it before they have a token.',
  acceptEvents:
    'Tills have keys, which the function checks itself: an authorizer never sees the signed body.',
  takeHook: 'Shops sign the body in their own way, which the function checks itself.',
  ...Object.fromEntries(
    Object.keys(segmentRoutes).map((name) => [
      name,
      'Published libraries bring the key of a source, browsers in the body, which no authorizer sees.',
    ]),
  ),
};

const all = Object.entries(contract) as [RouteName, Route][];
const keyOf = ({ method, path }: Route): string => `${method} ${path}`;

const routeOf = (stage: Synthesised, route: Route): Resource | undefined =>
  stage.of('AWS::ApiGatewayV2::Route').find(({ properties }) => properties.RouteKey === keyOf(route));

const functionBehind = (stage: Synthesised, route: Resource | undefined): Resource | undefined => {
  const parts: unknown[] = route?.properties.Target['Fn::Join'][1] ?? [];
  const integration = route && stage.at(route, parts.at(-1));
  return integration && stage.at(integration, integration.properties.IntegrationUri);
};

const settingsOf = ({ perSecond, burst }: Throttle) => ({
  ThrottlingRateLimit: perSecond,
  ThrottlingBurstLimit: burst,
});

const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(Object.entries(one ?? {}).sort()) === JSON.stringify(Object.entries(other ?? {}).sort());

/** The routes that have a throttle of their own. */
const throttled = all.flatMap(([, route]) =>
  route.throttle === undefined ? [] : [[keyOf(route), settingsOf(route.throttle)] as const],
);

export const routes: readonly TemplatePromise[] = [
  {
    name: 'the routes are those of the contract, each answered by its function',
    complaints: (stage) => [
      ...all
        .filter(
          ([, route]) =>
            functionBehind(stage, routeOf(stage, route))?.properties.Description !== route.function,
        )
        .map(([name, route]) => `${name} is not answered by ${route.function}`),
      ...unless(
        stage.of('AWS::ApiGatewayV2::Route'),
        ({ properties }) => all.some(([, route]) => keyOf(route) === properties.RouteKey),
        'stands in no contract',
      ),
      ...unless(
        stage.of('AWS::ApiGatewayV2::Integration'),
        ({ properties }) => properties.PayloadFormatVersion === '2.0',
        'speaks an older format',
      ),
    ],
    breaches: {
      'a forgotten route': (stage) => {
        takeAway(
          stage,
          'AWS::ApiGatewayV2::Route',
          ({ properties }) => properties.RouteKey === 'POST /v1/events',
        );
        return 'acceptEvents';
      },
      'a route that nobody wrote': (stage) =>
        plant(stage, 'AWS::ApiGatewayV2::Route', { RouteKey: 'GET /debug' }).id,
    },
  },
  {
    name: 'a token is asked for on every route but those named here, with the reason',
    complaints: (stage) =>
      all.flatMap(([name, route]) => {
        const { AuthorizationType, AuthorizerId } = routeOf(stage, route)?.properties ?? {};
        const isOpen = name in withoutToken;
        const isKept = isOpen
          ? AuthorizationType === 'NONE' && AuthorizerId === undefined
          : AuthorizationType === 'JWT' && AuthorizerId !== undefined;
        return isKept ? [] : [`${name} ${isOpen ? 'asks for' : 'lets in without'} a token`];
      }),
    breaches: {
      'customers without a token': (stage) => {
        const { properties } = firstOf(
          stage,
          'AWS::ApiGatewayV2::Route',
          (route) => route.properties.RouteKey === 'GET /v1/customers/{id}',
        );
        properties.AuthorizationType = 'NONE';
        return 'getCustomer';
      },
      'health with a token': (stage) => {
        const { properties } = firstOf(
          stage,
          'AWS::ApiGatewayV2::Route',
          (route) => route.properties.RouteKey === 'GET /health',
        );
        properties.AuthorizationType = 'JWT';
        return 'health';
      },
    },
  },
  {
    name: 'tokens are those of the stage’s issuer, for this API',
    complaints: (stage) =>
      unless(
        stage.of('AWS::ApiGatewayV2::Authorizer'),
        ({ properties: { AuthorizerType, IdentitySource, JwtConfiguration } }) =>
          AuthorizerType === 'JWT' &&
          IdentitySource?.join() === '$request.header.Authorization' &&
          JwtConfiguration?.Audience?.length === 1 &&
          JwtConfiguration.Issuer !== undefined,
        'lets in tokens that were made for others',
      ),
    breaches: {
      'any audience': changed('AWS::ApiGatewayV2::Authorizer', ({ properties }) => {
        properties.JwtConfiguration.Audience = [];
      }),
    },
  },
  {
    name: 'every route is throttled: by its own numbers in the contract, or by those for all',
    complaints: (stage) =>
      unless(
        stage.of('AWS::ApiGatewayV2::Stage'),
        ({ properties: { DefaultRouteSettings, RouteSettings } }) =>
          same(DefaultRouteSettings, settingsOf(defaultThrottle)) &&
          same(RouteSettings, Object.fromEntries(throttled)),
        'is not throttled as the contract says',
      ),
    breaches: {
      'no default': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        delete properties.DefaultRouteSettings;
      }),
      'the door without one of its own': changed('AWS::ApiGatewayV2::Stage', ({ properties }) => {
        delete properties.RouteSettings['POST /v1/events'];
      }),
    },
  },
  {
    name: 'a throttle waits for the route that it is about, without which it cannot be deployed',
    complaints: (stage) =>
      stage.of('AWS::ApiGatewayV2::Stage').flatMap((one) =>
        throttled
          .map(([key]) =>
            stage.of('AWS::ApiGatewayV2::Route').find(({ properties }) => properties.RouteKey === key),
          )
          .filter((route) => route !== undefined && !one.dependsOn.includes(route.id))
          .map((route) => `${titleOf(one)} does not wait for ${route?.id}`),
      ),
    breaches: {
      'waiting for nothing': (stage) => {
        const one = takeAway(stage, 'AWS::ApiGatewayV2::Stage');
        stage.resources.push({ ...one, dependsOn: [] });
        return one.id;
      },
    },
  },
];
