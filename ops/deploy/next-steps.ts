import { offers } from '../../lib/regions.ts';
import type { Stage } from '../../lib/stage-schema.ts';
import { roles } from '../../shared/contracts/route.ts';

/** What people have to do by hand after the first deployment of a stage. */
export const nextSteps = (stage: Stage, userPool: string | undefined): readonly string[] => [
  `Give each till and shop a key: npm run -s clientele -- --stage ${stage.name} keys grant --source till-ams-01`,
  ...peopleOf(stage, userPool),
  stage.operators.length === 0
    ? `Nobody hears of alarms: name e-mail addresses in lib/stages.ts, stage '${stage.name}', operators, and deploy again`
    : `Each of ${stage.operators.join(', ')} has to confirm the e-mail of AWS to hear of alarms`,
  ...sendersOf(stage),
  ...budgetsOf(stage),
];

function peopleOf({ name, region, auth }: Stage, userPool: string | undefined): readonly string[] {
  const list = roles.join(', ');
  if (auth.kind === 'oidc')
    return [`People sign in at ${auth.issuer}; the claim roles of their tokens lists some of: ${list}`];
  const pool = `--region ${region} --user-pool-id ${userPool}`;
  return [
    `Invite people to '${name}', and give them roles (${list}):`,
    `  aws cognito-idp admin-create-user ${pool} --username ada@example.com`,
    `  aws cognito-idp admin-add-user-to-group ${pool} --username ada@example.com --group-name marketer`,
  ];
}

const sendersOf = ({ region, email }: Stage): readonly string[] =>
  email.kind === 'ses'
    ? [`Verify ${email.from} or its domain in SES of ${region}, and ask AWS for production access there`]
    : [];

const budgetsOf = ({ name, region, monthlyBudget }: Stage): readonly string[] =>
  offers(region, 'budgets')
    ? [
        'So that the budget sees what this stage costs, once per account, a day after the first deployment:',
        '  aws ce update-cost-allocation-tags-status --cost-allocation-tags-status TagKey=stage,Status=Active',
      ]
    : [
        `CloudFormation in ${region} makes no budgets: make one of ${monthlyBudget} a month for the tag stage=${name} by hand, in AWS Budgets`,
      ];
