import { App, type AppProps, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ClienteleStage } from './clientele-stage.ts';
import type { Stage } from './stage-schema.ts';

/** All stages in one app; a finding of cdk-nag or of CloudFormation's own rules makes its synthesis fail. */
export function clienteleApp(stages: readonly Stage[], props: AppProps = {}): App {
  const app = new App(props);
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  for (const stage of stages) new ClienteleStage(app, stage);
  return app;
}
