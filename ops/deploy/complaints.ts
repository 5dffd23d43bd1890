import type { Stage } from '../../lib/stage-schema.ts';
import { outputs } from '../../shared/contracts/deployed.ts';
import { LAYOUT } from '../../shared/contracts/keys.ts';
import { type StageSettings, settingsForLife } from '../../shared/contracts/stage.ts';
import type { Standing } from './deployed.ts';

/** Why this stage must not be deployed onto what stands there; empty where it may. */
export const complaintsAbout = (stage: Stage, standing: Standing): readonly string[] => [
  ...aboutAccount(stage, standing),
  ...aboutOthersAtWork(standing),
  ...aboutRemains(stage, standing),
  ...aboutLayout(stage.name, standing.stacks.data?.outputs[outputs.layout]),
  ...aboutSettings(stage, standing.stacks.data?.outputs[outputs.settings]),
];

function aboutAccount({ name, region, account }: Stage, standing: Standing): readonly string[] {
  // Without its stack we do not know whose credentials these are; the CDK takes the account of whoever calls.
  if (standing.account === undefined)
    return [
      `${region} is not bootstrapped for the CDK in this account: npx cdk bootstrap 'aws://${account ?? '*'}/${region}'`,
    ];
  if (account === undefined || account === standing.account) return [];
  return [
    `lib/stages.ts, stage '${name}', account: is ${account}, but your credentials are of ${standing.account}; use others (AWS_PROFILE), or mend the line`,
  ];
}

const aboutOthersAtWork = ({ stacks }: Standing): readonly string[] =>
  Object.values(stacks)
    .filter(({ status }) => status.endsWith('_IN_PROGRESS'))
    .map(({ name, status }) => `${name} is being changed just now (${status}); wait until that is over`);

const aboutRemains = ({ region }: Stage, { remains }: Standing): readonly string[] =>
  remains.map((name) => {
    const aws = (command: string) => `aws cloudformation ${command} --region ${region} --stack-name ${name}`;
    return [
      `${name} is what is left of a creation that failed; read its events for the cause, then take it away:`,
      `  ${aws('update-termination-protection --no-enable-termination-protection')}`,
      `  ${aws('delete-stack')}`,
      '  Tables and buckets that it has left behind are empty; a bucket has to go, since the next one takes its name',
    ].join('\n');
  });

/** An older version would write what a newer one cannot read; what the other wrote, neither can read as it stands. */
function aboutLayout(stage: string, deployed: string | undefined): readonly string[] {
  if (deployed === undefined || deployed === String(LAYOUT)) return [];
  const wayOut =
    Number(deployed) < LAYOUT
      ? 'keep it on the checkout that wrote it, or deploy a stage of another name and send its events again'
      : 'deploy a newer checkout';
  return [
    `shared/contracts/keys.ts, LAYOUT: this checkout writes layout ${LAYOUT}, stage '${stage}' has layout ${deployed}; ${wayOut}`,
  ];
}

function aboutSettings({ name, settings }: Stage, told: string | undefined): readonly string[] {
  const deployed: Partial<StageSettings> = told === undefined ? {} : JSON.parse(told);
  return settingsForLife
    .filter((setting) => deployed[setting] !== undefined && deployed[setting] !== settings[setting])
    .map(
      (setting) =>
        `lib/stages.ts, stage '${name}', settings.${setting}: is '${settings[setting]}', but everything recorded so far is by '${deployed[setting]}'; write that, or give '${settings[setting]}' a stage of its own`,
    );
}

/** What may be meant, but often is not. */
export function doubtsAbout({ name, sms }: Stage, { account, stacks }: Standing): readonly string[] {
  const sender = sms.kind === 'end-user-messaging' ? sms.originationIdentity.split(':')[4] : undefined;
  return [
    ...(sender === undefined || sender === account
      ? []
      : [
          `Note: lib/stages.ts, stage '${name}', sms.originationIdentity: is of account ${sender}; unless it is shared with ${account}, no text message leaves`,
        ]),
    ...(stacks.data === undefined
      ? [`Note: '${name}' does not stand in this account and region yet; it begins with nobody in its record`]
      : []),
  ];
}
