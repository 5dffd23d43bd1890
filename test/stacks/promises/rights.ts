import { describe, expect, it } from 'vitest';
import { listed, type Synthesised, statementsOf, titled } from '../synthesised.ts';

export const describeRights = (stage: Synthesised): void => {
  describe(`rights in ${stage.name}`, () => {
    const policies = stage.of('AWS::IAM::Policy');
    const allowed = policies.flatMap((policy) =>
      statementsOf(policy)
        .filter(({ Effect }) => Effect === 'Allow')
        .flatMap(({ Action, Resource }) =>
          listed(Action).flatMap((action) =>
            listed(Resource).map((resource) => ({ policy: policy.id, action, resource })),
          ),
        ),
    );

    it('name every action', () => {
      expect(allowed.filter(({ action }) => String(action).includes('*'))).toEqual([]);
    });

    it('are for every resource only where AWS has none to name', () => {
      const boundless = allowed
        .filter(({ resource }) => resource === '*')
        .map(({ action }) => String(action));

      expect(
        boundless.filter((action) => !/^(xray:|logs:\w*(LogDeliver|ResourcePolic|LogGroups))/.test(action)),
      ).toEqual([]);
    });

    it.each(titled(stage.of('AWS::IAM::Role')))(
      '%s has no policy that AWS manages',
      (_name, { properties }) => {
        expect(properties.ManagedPolicyArns ?? []).toEqual([]);
      },
    );

    it('to a table come with its name, and a name with the right to it', () => {
      for (const fn of stage.of('AWS::Lambda::Function')) {
        const variables: Record<string, unknown> = fn.properties.Environment?.Variables ?? {};
        const given = Object.keys(variables).filter((name) => name.endsWith('_TABLE')).length;
        const role = stage.at(fn, fn.properties.Role);
        const tables = policies
          .filter(
            (policy) =>
              policy.stack === fn.stack &&
              policy.properties.Roles.some((one: unknown) => stage.at(policy, one) === role),
          )
          .flatMap(statementsOf)
          .filter(({ Action }) => listed(Action).some((action) => String(action).startsWith('dynamodb:')))
          .flatMap(({ Resource }) => listed(Resource).map((one) => JSON.stringify(one)))
          .filter((arn) => !arn.includes('StreamArn'));

        expect([fn.properties.Description, new Set(tables).size]).toEqual([fn.properties.Description, given]);
      }
    });
  });
};
