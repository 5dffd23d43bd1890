import { readDeployedStage } from '../../ops/deployed-stage.ts';
import type { DeployedStage } from '../../shared/contracts/deployed.ts';
import { command } from '../support/command.ts';
import { E2E_STAGE } from '../support/e2e-target.ts';

/** The CDK's own command line, as whoever deploys uses it. AWS_* in the environment say where to. */
const cdk = (args: readonly string[], minutes: number, signal?: AbortSignal): Promise<string> =>
  command(process.execPath, ['node_modules/aws-cdk/bin/cdk', ...args], {
    timeoutMillis: minutes * 60_000,
    signal,
  });

/** Bundles every function and writes the templates into `output`; all that follows deploys just these. */
export const synthesise = (output: string, signal?: AbortSignal): Promise<string> =>
  cdk(
    ['synth', '--quiet', '--strict', '--app', `"${process.execPath}" test/e2e/app.ts`, '--output', output],
    3,
    signal,
  );

export const bootstrap = (output: string, signal?: AbortSignal): Promise<string> =>
  cdk(['bootstrap', '--app', output], 5, signal);

export const deploy = (output: string, signal?: AbortSignal): Promise<string> =>
  cdk(
    ['deploy', `${E2E_STAGE}/*`, '--app', output, '--require-approval', 'never', '--concurrency', '4'],
    20,
    signal,
  );

/** Everything but the data stack, which nobody can delete by a command. */
export const destroy = (output: string, signal?: AbortSignal): Promise<string> =>
  cdk(
    [
      'destroy',
      ...['Observability', 'Night', 'Consumers', 'Api'].map((stack) => `${E2E_STAGE}/${stack}`),
      '--app',
      output,
      '--force',
    ],
    20,
    signal,
  );

/** All of it, into whatever the environment speaks to; a folder for templates and bundles is given. */
export async function deployStage(output: string, signal?: AbortSignal): Promise<DeployedStage> {
  await synthesise(output, signal);
  await bootstrap(output, signal);
  await deploy(output, signal);
  return readDeployedStage(E2E_STAGE);
}
