import { describe, expect, it } from 'vitest';
import { nextSteps } from '../../../../ops/deploy/next-steps.ts';
import { aStage } from './a-stage.ts';

describe('what is left to do after the first deployment', () => {
  it('is to give keys, invite people, confirm alarms and verify the sender', () => {
    const stage = aStage({
      email: { kind: 'ses', from: 'news@example.com' },
      operators: ['ops@example.com', 'night@example.com'],
    });

    const text = nextSteps(stage, 'pool-1').join('\n');

    expect(text).toContain('--stage shop');
    expect(text).toContain('admin-create-user --region eu-west-1 --user-pool-id pool-1');
    expect(text).toContain('ops@example.com, night@example.com');
    expect(text).toContain('Verify news@example.com or its domain in SES of eu-west-1');
    expect(text).toContain('TagKey=stage,Status=Active');
    expect(text).not.toContain('AWS Budgets');
  });

  it('is less where another issuer lets people in and nothing is sent, and more where nobody would hear', () => {
    const stage = aStage({
      region: 'eu-north-1',
      auth: { kind: 'oidc', issuer: 'https://login.example.com', audience: 'clientele' },
    });

    const text = nextSteps(stage, undefined).join('\n');

    expect(text).toContain('People sign in at https://login.example.com');
    expect(text).not.toContain('cognito');
    expect(text).not.toContain('SES');
    expect(text).toContain('Nobody hears of alarms');
    expect(text).toContain('eu-north-1 makes no budgets');
  });
});
