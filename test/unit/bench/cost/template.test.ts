import { describe, expect, it } from 'vitest';
import { deployedIn } from '../../../../bench/cost/template.ts';

describe('what a template deploys', () => {
  it('is counted by what costs money', () => {
    const metric = { MetricStat: {} };
    const deployed = deployedIn([
      {
        Type: 'AWS::Lambda::Function',
        Properties: { Description: 'night/fit', MemorySize: 3_008, TracingConfig: { Mode: 'Active' } },
      },
      { Type: 'AWS::Lambda::Function', Properties: { Description: 'night/open', MemorySize: 256 } },
      { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      { Type: 'AWS::CloudWatch::Alarm', Properties: { Metrics: [metric, metric, { Expression: 'a / b' }] } },
      { Type: 'AWS::Lambda::EventSourceMapping', Properties: { BatchSize: 10 } },
      { Type: 'AWS::Lambda::EventSourceMapping', Properties: { StartingPosition: 'TRIM_HORIZON' } },
      { Type: 'AWS::SecretsManager::Secret' },
      { Type: 'AWS::SQS::Queue' },
    ]);

    expect(deployed).toMatchObject({ alarms: 3, polledQueues: 1, secrets: 1, dashboards: 0, schedules: 0 });
    expect(deployed.functions.get('night/fit')).toEqual({ memoryMb: 3_008, traced: true });
    expect(deployed.functions.get('night/open')).toEqual({ memoryMb: 256, traced: false });
  });
});
