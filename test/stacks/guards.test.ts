import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnResource, Stack } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { describe, expect, it } from 'vitest';
import { clienteleApp } from '../../lib/app.ts';

/** The guards of every synthesis, around one stack that is planted. */
const synthesiseWith = (plant: (stack: Stack) => void) => {
  const { context } = JSON.parse(readFileSync('cdk.json', 'utf8')) as { context: Record<string, unknown> };
  const outdir = mkdtempSync(join(tmpdir(), 'clientele-guards-'));
  const app = clienteleApp([], { outdir, context });
  plant(new Stack(app, 'Planted'));
  return () => {
    try {
      app.synth();
    } finally {
      rmSync(outdir, { recursive: true });
    }
  };
};

describe('a synthesis', () => {
  it('passes over what is sound', () => {
    expect(synthesiseWith((stack) => new Topic(stack, 'Alarms', { enforceSSL: true }))).not.toThrow();
  });

  it('stops at what cdk-nag finds', () => {
    expect(synthesiseWith((stack) => new Topic(stack, 'Alarms'))).toThrow(/AwsSolutions::AwsSolutions-SNS3/);
  });

  it('stops at what CloudFormation does not know', () => {
    const plant = (stack: Stack) =>
      new CfnResource(stack, 'Bus', {
        type: 'AWS::Events::EventBus',
        properties: { Name: 'bus', Colour: 'blue' },
      });

    expect(synthesiseWith(plant)).toThrow(/CloudFormation-Validate::F3002/);
  });
});
