import { existsSync, globSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { functionNeeds } from '../../../lib/function-needs.ts';
import { routes } from '../../../shared/contracts/routes.ts';
import { settings } from '../../../shared/contracts/settings.ts';
import { consumers } from '../../../shared/contracts/topology.ts';
import { type Synthesised, titled } from '../synthesised.ts';

const folders = globSync('functions/*/*/handler.ts').map((file) => file.split('/').slice(1, 3).join('/'));

export const describeFunctions = (stage: Synthesised): void => {
  describe(`functions of ${stage.name}`, () => {
    const functions = stage
      .of('AWS::Lambda::Function')
      .filter(({ properties }) => properties.FunctionName !== undefined);
    const named = (name: string) => functions.find(({ properties }) => properties.Description === name);

    it('are those that have a folder, and no others', () => {
      const deployed = stage.of('AWS::Lambda::Function').map(({ properties }) => properties.Description);

      expect(deployed.toSorted()).toEqual(folders.toSorted());
      expect(Object.keys(functionNeeds).toSorted()).toEqual(folders.toSorted());
    });

    it.each(titled(functions))(
      '%s runs on Node 24 and arm64, with a size and a limit',
      (_name, { properties }) => {
        expect(properties.Runtime).toBe('nodejs24.x');
        expect(properties.Architectures).toEqual(['arm64']);
        expect(properties.MemorySize).toBeGreaterThanOrEqual(256);
        expect(properties.Timeout).toBeGreaterThan(3);
      },
    );

    it.each(titled(functions))(
      '%s is known by the settings that the contract names',
      (_name, { properties }) => {
        const known = [...Object.values(settings), 'NODE_OPTIONS'];

        expect(Object.keys(properties.Environment.Variables).filter((name) => !known.includes(name))).toEqual(
          [],
        );
      },
    );

    it.each(titled(functions))('%s logs into a group of its own that forgets', (_name, fn) => {
      const group = stage.at(fn, fn.properties.LoggingConfig.LogGroup);

      expect(group?.properties.LogGroupName).toBe(`/clientele/${stage.name}/${fn.properties.Description}`);
      expect(group?.properties.RetentionInDays).toBe(30);
    });

    it('share no role', () => {
      const roles = functions.map(({ stack, properties }) => `${stack} ${JSON.stringify(properties.Role)}`);

      expect(new Set(roles).size).toBe(functions.length);
    });

    it('leave no log group that keeps for ever', () => {
      const groups = stage
        .of('AWS::Logs::LogGroup')
        .filter(({ properties }) => properties.RetentionInDays === undefined);

      expect(groups).toEqual([]);
    });

    it.each(Object.entries(consumers))(
      'include the consumer %s behind a rule for its messages',
      (name, { on }) => {
        const fn = named(name);
        const mapping = stage
          .of('AWS::Lambda::EventSourceMapping')
          .find((one) => stage.at(one, one.properties.FunctionName) === fn);
        const queue = mapping && stage.at(mapping, mapping.properties.EventSourceArn);
        const rule = stage
          .of('AWS::Events::Rule')
          .find((one) =>
            one.properties.Targets.some((target: { Arn: unknown }) => stage.at(one, target.Arn) === queue),
          );

        expect(existsSync(`functions/${name}/handler.ts`)).toBe(true);
        expect(rule?.properties.EventPattern).toEqual({ 'detail-type': on });
      },
    );

    it.each(Object.entries(routes))('answer the route %s', (_route, { method, path, function: name }) => {
      const route = stage
        .of('AWS::ApiGatewayV2::Route')
        .find(({ properties }) => properties.RouteKey === `${method} ${path}`);
      const parts: unknown[] = route?.properties.Target['Fn::Join'][1] ?? [];
      const integration = route && stage.at(route, parts.at(-1));

      expect(integration && stage.at(integration, integration.properties.IntegrationUri)).toBe(named(name));
      expect(integration?.properties.PayloadFormatVersion).toBe('2.0');
    });

    it('have no route beside those of the contract', () => {
      expect(stage.of('AWS::ApiGatewayV2::Route')).toHaveLength(Object.keys(routes).length);
    });

    it.each(Object.entries(routes))(
      'let nobody call %s without a token, unless it is open or brings a key',
      (_route, { method, path, access }) => {
        const route = stage
          .of('AWS::ApiGatewayV2::Route')
          .find(({ properties }) => properties.RouteKey === `${method} ${path}`);
        const needsToken = access !== 'open' && access !== 'source';

        expect(route?.properties.AuthorizationType).toBe(needsToken ? 'JWT' : 'NONE');
        expect(route?.properties.AuthorizerId !== undefined).toBe(needsToken);
      },
    );
  });
};
