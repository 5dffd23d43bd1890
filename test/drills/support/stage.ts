import { randomBytes } from 'node:crypto';
import { describe, onTestFailed } from 'vitest';
import { type Random, seeded } from '../../../local/demo/random.ts';
import { type OpenStage, openStage } from '../../../ops/open-stage.ts';
import { grantKey } from '../../../shared/application/http/manage-keys.ts';
import { e2eTarget } from '../../support/e2e-target.ts';
import { type Target, target } from '../../support/target.ts';

const told = e2eTarget();
const endpoint = process.env['AWS_ENDPOINT_URL'];

/** Functions reach the drills' proxy, and drills their processes, only where both are on this machine. */
const impossible =
  told === undefined
    ? 'no stage is deployed for it (npm run e2e:aws)'
    : endpoint === undefined
      ? 'on AWS itself nobody can break the services on purpose; an emulator can'
      : undefined;
/** A `describe` that is skipped, and says why, where faults cannot be planted. */
export const drill = (name: string, tests: () => void): void => {
  if (impossible === undefined) describe(name, tests);
  else describe.skip(`${name} (skipped: ${impossible})`, tests);
};

const seed = process.env['DRILL_SEED'] || randomBytes(4).toString('hex');

/** Seeded chance for one test; who sees the test fail is told how to see it again. */
export function chance(purpose: string): Random {
  onTestFailed(() => {
    process.stderr.write(`The same draws again: DRILL_SEED=${seed}\n`);
  });
  return seeded(`${seed}/${purpose}`);
}

/** What `POST /v1/events` answers. */
export interface Answered {
  readonly code?: string;
  readonly results?: readonly { readonly status: string; readonly id?: string }[];
}

/** The stage under drill, by its ports and through its door. */
export interface DrillStage extends OpenStage, Target {
  readonly name: string;
  /** Where the services answer. */
  readonly endpoint: string;
}

export async function openDrillStage(): Promise<DrillStage> {
  if (told === undefined || endpoint === undefined) throw new Error(impossible);
  const opened = await openStage(told.stage.name);
  const grant = grantKey({ ...opened, keyring: await opened.keyring() });
  const { secret: writeKey } = await grant({ kind: 'bearer', grant: { kind: 'source', name: 'drills' } });
  const door = target(told.url, { writeKey, accessKey: told.token });
  return { ...opened, ...door, name: told.stage.name, endpoint };
}
