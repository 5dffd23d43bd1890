import { readStages, type Stage, type StageInput } from '../../../../lib/stage-schema.ts';
import type { DeployedStack, Standing } from '../../../../ops/deploy/deployed.ts';
import { LAYOUT } from '../../../../shared/contracts/keys.ts';
import { StageSettings } from '../../../../shared/contracts/stage.ts';

export const ACCOUNT = '111122223333';
const settings = { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' };

export function aStage(change: Partial<StageInput> = {}): Stage {
  const [stage] = readStages([
    {
      name: 'shop',
      region: 'eu-west-1',
      settings,
      email: { kind: 'outbox' },
      sms: { kind: 'outbox' },
      auth: { kind: 'cognito' },
      ...change,
    },
  ]);
  if (stage === undefined) throw new Error('There is no stage');
  return stage;
}

export const aDataStack = (change: Partial<DeployedStack> = {}): DeployedStack => ({
  name: 'clientele-shop-data',
  status: 'UPDATE_COMPLETE',
  outputs: { Layout: String(LAYOUT), Settings: JSON.stringify(StageSettings.parse(settings)) },
  template: {},
  ...change,
});

/** A bootstrapped account in which the stage's tables stand. */
export const aStanding = (change: Partial<Standing> = {}): Standing => ({
  account: ACCOUNT,
  stacks: { data: aDataStack() },
  remains: [],
  ...change,
});
