import type { Stage } from '../../lib/stage-schema.ts';
import { stages } from '../../lib/stages.ts';
import { E2E_STAGE } from '../support/e2e-target.ts';

/** The stage that journeys and drills run against: one of ours in all but its name, in whatever account. */
export function e2eStage(env: NodeJS.ProcessEnv = process.env): Stage {
  const model = stages.find(({ partition, auth }) => partition === 'aws' && auth.kind === 'cognito');
  if (model === undefined)
    throw new Error('lib/stages.ts has no stage with Cognito, and the tests need one to be like');
  const { account: _any, ...like } = model;
  // An emulator sends for anybody. AWS wants an address and a phone number that are ours.
  return env['AWS_ENDPOINT_URL']
    ? { ...like, name: E2E_STAGE }
    : { ...like, name: E2E_STAGE, email: { kind: 'outbox' }, sms: { kind: 'outbox' } };
}
