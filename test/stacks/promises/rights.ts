import { type Right, rightsIn, type Statement } from '../policies.ts';
import { ACCOUNT, arnOf } from '../references.ts';
import { type Resource, type Synthesised, titleOf } from '../synthesised.ts';
import { changed, firstOf, type TemplatePromise, takeAway } from './promise.ts';

/** Rights that AWS gives for every resource or not at all, by the service authorisation reference. */
const boundless: Readonly<Record<string, string>> = {
  'xray:PutTraceSegments': 'Traces are of no resource.',
  'xray:PutTelemetryRecords': 'Traces are of no resource.',
  'xray:GetSamplingRules': 'Sampling rules are read for the account.',
  'xray:GetSamplingTargets': 'Sampling rules are read for the account.',
  'logs:CreateLogDelivery': 'The delivery of logs of another service is of no resource.',
  'logs:GetLogDelivery': 'The delivery of logs of another service is of no resource.',
  'logs:UpdateLogDelivery': 'The delivery of logs of another service is of no resource.',
  'logs:DeleteLogDelivery': 'The delivery of logs of another service is of no resource.',
  'logs:ListLogDeliveries': 'The delivery of logs of another service is of no resource.',
  'logs:PutResourcePolicy': 'Resource policies of logs belong to the account.',
  'logs:DescribeResourcePolicies': 'Resource policies of logs belong to the account.',
  'logs:DescribeLogGroups': 'Step Functions looks for its log group among all of them.',
};

/** Resources whose names end in what comes with the days. */
const openEnded: readonly { readonly ends: RegExp; readonly reason: string }[] = [
  { ends: /:s3:::[^*/]+\/(runs|archive)\/\*$/, reason: 'Files of a folder come as days and shards come.' },
  { ends: /:execution:[^*/]+\/\*$/, reason: 'AWS makes up the names of executions of a distributed map.' },
  { ends: /:log-group:[^*]+:\*$/, reason: 'The streams of a log group are part of its ARN.' },
];

const policies = (stage: Synthesised): readonly Resource[] => stage.of('AWS::IAM::Policy');

const allRights = (stage: Synthesised): readonly (Right & { readonly policy: Resource })[] =>
  policies(stage).flatMap((policy) => rightsIn(stage, policy).map((right) => ({ ...right, policy })));

/** A complaint for each right that fails. */
const unlessRight =
  (isKept: (right: Right, stage: Synthesised) => boolean): TemplatePromise['complaints'] =>
  (stage) =>
    allRights(stage)
      .filter((right) => !isKept(right, stage))
      .map(({ policy, action, resource }) => `${titleOf(policy)} allows ${action} on ${resource}`);

/** Everything that stands in the templates, and the senders' identities that lib/stages.ts names. */
function ownArns(stage: Synthesised): readonly string[] {
  const { email, sms, region, partition } = stage.written;
  const identity = (name: string) => `arn:${partition}:ses:${region}:${ACCOUNT}:identity/${name}`;
  const arns = stage.resources.map((resource) => arnOf(stage, resource)).filter((arn) => arn !== undefined);
  return [
    ...arns,
    ...arns.map((arn) => arn.replace(':stateMachine:', ':execution:')),
    ...(email.kind === 'ses' ? [email.from, email.from.replace(/^.*@/, '')].map(identity) : []),
    ...(sms.kind === 'end-user-messaging' ? [sms.originationIdentity] : []),
  ];
}

const isOwn = (resource: string, stage: Synthesised): boolean =>
  ownArns(stage).some((arn) => resource === arn || resource.startsWith(`${arn}/`));

/** For breaches: adds a statement to the first policy. */
const allowing =
  (statement: Partial<Statement> & Readonly<Record<string, unknown>>) =>
  (stage: Synthesised): string => {
    const policy = firstOf(stage, 'AWS::IAM::Policy');
    policy.properties.PolicyDocument.Statement.push({ Effect: 'Allow', ...statement });
    return policy.id;
  };

export const rights: readonly TemplatePromise[] = [
  {
    name: 'every right names its action',
    complaints: unlessRight(({ action }) => !action.includes('*')),
    breaches: {
      'all actions on a table': (stage) =>
        allowing({
          Action: 'dynamodb:*',
          Resource: { 'Fn::GetAtt': [firstOf(stage, 'AWS::DynamoDB::GlobalTable').id, 'Arn'] },
        })(stage),
    },
  },
  {
    name: 'a right is for every resource only where the service has none to name, and open-ended where names come with time',
    complaints: unlessRight(({ action, resource }) =>
      resource === '*'
        ? action in boundless
        : !resource.includes('*') || openEnded.some(({ ends }) => ends.test(resource)),
    ),
    breaches: {
      'every table': allowing({ Action: 'dynamodb:GetItem', Resource: '*' }),
      'every table whose name begins so': allowing({
        Action: 'dynamodb:GetItem',
        Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/Customers*',
      }),
      'the whole bucket': allowing({
        Action: 's3:GetObject',
        Resource: `arn:aws:s3:::clientele-europe-files-${ACCOUNT}/*`,
      }),
    },
  },
  {
    name: 'no right reaches beyond the stage',
    complaints: unlessRight(({ resource }, stage) => resource === '*' || isOwn(resource, stage)),
    breaches: {
      'the bus of another stage': allowing({
        Action: 'events:PutEvents',
        Resource: `arn:aws:events:eu-west-1:${ACCOUNT}:event-bus/clientele-asia`,
      }),
      'a secret that somebody else keeps': allowing({
        Action: 'secretsmanager:GetSecretValue',
        Resource: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:payroll`,
      }),
    },
  },
  {
    name: 'rights say what is allowed, never what is left out',
    complaints: (stage) =>
      stage.resources
        .filter((resource) =>
          /"(NotAction|NotResource|NotPrincipal)"/.test(JSON.stringify(resource.properties)),
        )
        .map((resource) => `${titleOf(resource)} says NotAction, NotResource or NotPrincipal`),
    breaches: {
      'everything but one action': allowing({ NotAction: 'iam:CreateUser', Resource: '*' }),
      'everybody but one': changed('AWS::SQS::QueuePolicy', ({ properties }) => {
        properties.PolicyDocument.Statement.push({ Effect: 'Allow', NotPrincipal: { AWS: ACCOUNT } });
      }),
    },
  },
  {
    name: 'nobody may pass a role, take one or change rights',
    complaints: unlessRight(({ action }) => !/^(iam|sts|kms|organizations):/.test(action)),
    breaches: { PassRole: allowing({ Action: 'iam:PassRole', Resource: '*' }) },
  },
  {
    name: 'e-mail goes out under one address and one configuration set, text messages under one identity',
    complaints: (stage) => {
      const { email, sms } = stage.written;
      const sending = allRights(stage).filter(({ action }) => /^(ses|sms-voice):/.test(action));
      const isKept = ({ action, resource, conditions }: Right): boolean =>
        action === 'ses:SendEmail'
          ? email.kind === 'ses' && conditions['StringEquals']?.['ses:FromAddress'] === email.from
          : action === 'sms-voice:SendTextMessage' &&
            sms.kind === 'end-user-messaging' &&
            resource === sms.originationIdentity;
      const sets = sending.filter(({ resource }) => resource.includes(':configuration-set/'));
      return [
        ...sending
          .filter((right) => !isKept(right))
          .map(({ policy, action, resource }) => `${titleOf(policy)} allows ${action} on ${resource}`),
        ...(email.kind === 'ses' && sets.length === 0 ? ['no right names the configuration set'] : []),
      ];
    },
    breaches: {
      'any sender': (stage) => {
        for (const policy of policies(stage)) {
          for (const statement of policy.properties.PolicyDocument.Statement) {
            if (JSON.stringify(statement.Action).includes('ses:SendEmail')) delete statement.Condition;
          }
        }
        return 'ses:SendEmail';
      },
      'another number': allowing({
        Action: 'sms-voice:SendTextMessage',
        Resource: `arn:aws:sms-voice:eu-west-1:${ACCOUNT}:phone-number/other`,
      }),
      'the configuration set forgotten': (stage) => {
        takeAway(stage, 'AWS::IAM::Policy', (policy) => JSON.stringify(policy).includes('ses:SendEmail'));
        return 'configuration set';
      },
    },
  },
];
