import { rightsIn, rightsOf, statementsOf } from '../policies.ts';
import { ACCOUNT, arnOf, textOf } from '../references.ts';
import { listed, type Resource, type Synthesised } from '../synthesised.ts';
import { changed, firstOf, plant, type TemplatePromise, unless } from './promise.ts';

/** Services that take a role of ours; those of which AWS says so name our account. */
const takers: Readonly<Record<string, { readonly namesAccount: boolean }>> = {
  'lambda.amazonaws.com': { namesAccount: false },
  'states.amazonaws.com': { namesAccount: true },
  'scheduler.amazonaws.com': { namesAccount: true },
};

const policies = (stage: Synthesised): readonly Resource[] => stage.of('AWS::IAM::Policy');

export const roles: readonly TemplatePromise[] = [
  {
    name: 'rights come from policies of one role each, and none that AWS manages',
    complaints: (stage) => [
      ...unless(stage.of('AWS::IAM::ManagedPolicy'), () => false, 'is a managed policy'),
      ...unless(
        stage.of('AWS::IAM::Role'),
        ({ properties }) => properties.ManagedPolicyArns === undefined && properties.Policies === undefined,
        'has policies beside those of the template',
      ),
      ...unless(policies(stage), ({ properties }) => properties.Roles?.length === 1, 'is not of one role'),
    ],
    breaches: {
      'a policy of AWS': changed('AWS::IAM::Role', ({ properties }) => {
        properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
      }),
      'a policy within the role': changed('AWS::IAM::Role', ({ properties }) => {
        properties.Policies = [{ PolicyName: 'more', PolicyDocument: { Statement: [] } }];
      }),
      'a managed policy': (stage) => plant(stage, 'AWS::IAM::ManagedPolicy', {}).id,
      'a policy of two roles': changed('AWS::IAM::Policy', ({ properties }) => {
        properties.Roles.push({ Ref: 'Other' });
      }),
    },
  },
  {
    name: 'a role is taken by one service alone, for this account',
    complaints: (stage) =>
      unless(stage.of('AWS::IAM::Role'), (role) => isTakenByOne(role, stage), 'can be taken by others'),
    breaches: {
      'another account': changed('AWS::IAM::Role', ({ properties }) => {
        properties.AssumeRolePolicyDocument.Statement[0].Principal = { AWS: '444455556666' };
      }),
      'the scheduler of anybody': changed(
        'AWS::IAM::Role',
        ({ properties }) => {
          properties.AssumeRolePolicyDocument.Statement[0].Condition = undefined;
        },
        (role) => JSON.stringify(role.properties).includes('scheduler.amazonaws.com'),
      ),
    },
  },
  {
    name: 'functions share no role',
    complaints: (stage) => {
      const functions = stage.of('AWS::Lambda::Function');
      return unless(
        functions,
        (fn) =>
          functions.every(
            (other) =>
              other === fn || stage.at(other, other.properties.Role) !== stage.at(fn, fn.properties.Role),
          ),
        'shares its role',
      );
    },
    breaches: {
      'a borrowed role': (stage) => {
        const [one, other] = stage.of('AWS::Lambda::Function');
        if (one === undefined || other === undefined) throw new Error('There are no two functions');
        other.properties.Role = one.properties.Role;
        return other.id;
      },
    },
  },
  {
    name: 'a function knows the tables that it has a right to, and no others',
    complaints: (stage) =>
      unless(
        stage.of('AWS::Lambda::Function'),
        (fn) => knowsItsTables(fn, stage),
        'has rights and names that differ',
      ),
    breaches: {
      'a name without a right': (stage) => {
        const fn = firstOf(
          stage,
          'AWS::Lambda::Function',
          ({ properties }) => properties.Description === 'night/open',
        );
        fn.properties.Environment.Variables.CLIENTELE_VAULT_TABLE = { Ref: 'Vault' };
        return fn.id;
      },
      'a right without a name': (stage) => {
        const fn = firstOf(
          stage,
          'AWS::Lambda::Function',
          ({ properties }) => properties.Description === 'night/open',
        );
        delete fn.properties.Environment.Variables.CLIENTELE_CONTROL_TABLE;
        return fn.id;
      },
    },
  },
  {
    name: 'the night and the schedules may start what they are for, and nothing else',
    complaints: (stage) =>
      unless(
        starters(stage).map(({ starter }) => starter),
        (starter) => {
          const { role, starts } = starters(stage).find((one) => one.starter === starter) ?? {};
          const given = policies(stage)
            .filter((policy) => role !== undefined && stage.at(policy, policy.properties.Roles[0]) === role)
            .flatMap((policy) => rightsIn(stage, policy))
            .filter(({ action }) => /^(lambda:InvokeFunction|states:StartExecution)$/.test(action))
            .map(({ resource }) => resource);
          return given.toSorted().join() === starts?.toSorted().join();
        },
        'may start more or less than it has to',
      ),
    breaches: {
      'a function of another': (stage) => {
        const { starter, role } = starters(stage)[0] ?? {};
        const policy = firstOf(
          stage,
          'AWS::IAM::Policy',
          (one) => stage.at(one, one.properties.Roles[0]) === role,
        );
        policy.properties.PolicyDocument.Statement.push({
          Effect: 'Allow',
          Action: 'lambda:InvokeFunction',
          Resource: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:clientele-europe-campaigns-address-shard`,
        });
        return starter?.id ?? '';
      },
    },
  },
];

interface Starter {
  readonly starter: Resource;
  readonly role: Resource | undefined;
  /** ARNs. */
  readonly starts: readonly string[];
}

/** State machines and schedules, with what they are written to start. A distributed map starts its own machine. */
function starters(stage: Synthesised): readonly Starter[] {
  const machines = stage.of('AWS::StepFunctions::StateMachine').map((starter) => {
    const text = JSON.stringify(starter.properties.DefinitionString);
    const called = stage
      .of('AWS::Lambda::Function')
      .filter(({ stack, id }) => stack === starter.stack && text.includes(`"Fn::GetAtt":["${id}","Arn"]`));
    const role = stage.at(starter, starter.properties.RoleArn);
    return { starter, role, starts: arnsOf(stage, [...called, starter]) };
  });
  const schedules = stage.of('AWS::Scheduler::Schedule').map((starter) => {
    const { Arn, RoleArn } = starter.properties.Target;
    const started = stage.at(starter, Arn);
    const role = stage.at(starter, RoleArn);
    return { starter, role, starts: arnsOf(stage, started === undefined ? [] : [started]) };
  });
  return [...machines, ...schedules];
}

const arnsOf = (stage: Synthesised, resources: readonly Resource[]): readonly string[] =>
  resources.map((resource) => arnOf(stage, resource)).filter((arn) => arn !== undefined);

function isTakenByOne(role: Resource, stage: Synthesised): boolean {
  const [statement, ...others] = statementsOf(role);
  const principal = typeof statement?.Principal === 'object' ? statement.Principal : {};
  const taker = takers[String(principal['Service'])];
  if (taker === undefined || others.length > 0 || Object.keys(principal).length !== 1) return false;
  const account = statement?.Condition?.['StringEquals']?.['aws:SourceAccount'];
  return (
    listed(statement?.Action).join() === 'sts:AssumeRole' &&
    (!taker.namesAccount || textOf(stage, role, account) === ACCOUNT)
  );
}

function knowsItsTables(fn: Resource, stage: Synthesised): boolean {
  const variables: Readonly<Record<string, unknown>> = fn.properties.Environment?.Variables ?? {};
  const known = Object.entries(variables)
    .filter(([name]) => name.endsWith('_TABLE'))
    .map(([, value]) => textOf(stage, fn, value));
  const allowed = rightsOf(stage, fn)
    .filter(({ action, resource }) => action.startsWith('dynamodb:') && !resource.includes('/stream/'))
    .map(({ resource }) => resource.replace(/^.*:table\//, ''));
  return known.every((name) => allowed.includes(name)) && allowed.every((name) => known.includes(name));
}
