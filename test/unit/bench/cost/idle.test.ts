import { describe, expect, it } from 'vitest';
import { assumed } from '../../../../bench/cost/reference.ts';
import { idleMonth } from '../../../../bench/cost/scenes/idle.ts';
import { machineUsage } from '../../../../bench/cost/scenes/night.ts';
import { deployedIn } from '../../../../bench/cost/template.ts';

describe('the state machine of a night', () => {
  it('takes a transition a step, and two for each shard of its two maps', () => {
    expect(machineUsage(100).transitions).toBe(5 + 2 * 2 * 100);
  });
});

describe('a month without anybody', () => {
  it('asks the queues all the time and runs a night a day', () => {
    const queue = { Type: 'AWS::Lambda::EventSourceMapping' };
    const usage = idleMonth(deployedIn([queue, queue, { Type: 'AWS::CloudWatch::Dashboard' }]));

    expect(usage.dashboards).toBe(1);
    expect(usage.queueRequests).toBe((2 * assumed.pollers * 30 * 24 * 3_600) / 20);
    // Sixteen shards, as a stage has them unless it says otherwise.
    expect(usage.transitions).toBe(30 * (5 + 2 * 2 * 16));
    expect(usage.apiCalls).toBeUndefined();
  });
});
