import { readFileSync } from 'node:fs';
import type { DeployedStage } from '../../shared/contracts/deployed.ts';

/** The only stage that tests may empty. */
export const E2E_STAGE = 'e2e';

/** The variable that names the file in which `npm run e2e:aws` tells of the stage it has deployed. */
export const E2E_VARIABLE = 'CLIENTELE_E2E';

/** A deployed stage, as journeys and drills are told of it. AWS_* in the environment say who answers for it. */
export interface E2eTarget {
  readonly stage: DeployedStage;
  /** Where the API answers; an emulator does not answer under the stage's own address. */
  readonly url: string;
  /** Of a person with every role, who has signed in. */
  readonly token: string;
  /** What is done at once by an emulator may take AWS many times as long. */
  readonly patience: number;
}

/** Undefined where tests run on this machine alone. */
export function e2eTarget(env: NodeJS.ProcessEnv = process.env): E2eTarget | undefined {
  const file = env[E2E_VARIABLE];
  return file === undefined || file === ''
    ? undefined
    : (JSON.parse(readFileSync(file, 'utf8')) as E2eTarget);
}
