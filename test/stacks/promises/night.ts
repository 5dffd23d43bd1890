import validate from 'asl-validator';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../lib/stages.ts';
import { night } from '../../../shared/contracts/night.ts';
import type { Resource, Synthesised } from '../synthesised.ts';

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly End?: boolean;
  readonly Catch?: unknown;
  readonly Retry?: readonly { MaxAttempts: number; BackoffRate: number }[];
  readonly ItemProcessor?: { ProcessorConfig: { Mode: string }; States: Record<string, State> };
}

/** The definition with a made-up ARN for every reference. */
const definitionOf = ({ properties }: Resource) => {
  const parts: unknown[] = properties.DefinitionString['Fn::Join'][1];
  const text = parts
    .map((part) => (typeof part === 'string' ? part : 'arn:aws:lambda:eu-west-1:111122223333:function:x'))
    .join('');
  return JSON.parse(text) as { QueryLanguage: string; StartAt: string; States: Record<string, State> };
};

export const describeNight = (stage: Synthesised): void => {
  describe(`the night of ${stage.name}`, () => {
    const [machine, ...others] = stage.of('AWS::StepFunctions::StateMachine');
    if (machine === undefined) throw new Error(`${stage.name} has no state machine`);
    const definition = definitionOf(machine);

    it('is one state machine in the language of Step Functions', () => {
      expect(others).toEqual([]);
      expect(validate(definition)).toMatchObject({ isValid: true });
    });

    it('does the steps of the plan in their order', () => {
      const order: string[] = [];
      for (
        let step: string | undefined = definition.StartAt;
        step !== undefined;
        step = definition.States[step]?.Next
      ) {
        order.push(step);
      }

      expect(order).toEqual(night.map(({ step }) => step));
    });

    it.each(night.map(({ step, kind }) => [step, kind] as const))('does %s as a %s step', (step, kind) => {
      const state = definition.States[step];

      expect(state?.Type).toBe(kind === 'map' ? 'Map' : 'Task');
      expect(state?.ItemProcessor?.ProcessorConfig.Mode).toBe(kind === 'map' ? 'DISTRIBUTED' : undefined);
    });

    it.each(night.map(({ step }) => step))(
      'tries %s again, and leaves its failure uncaught, so that it can be redriven',
      (step) => {
        const state = definition.States[step];
        const task = state?.ItemProcessor?.States[`${step}-shard`] ?? state;

        expect(task?.Retry?.[0]).toMatchObject({
          ErrorEquals: ['States.ALL'],
          BackoffRate: 2,
          MaxAttempts: 4,
        });
        expect([state?.Catch, task?.Catch]).toEqual([undefined, undefined]);
      },
    );

    it('starts at half past three in the zone of the stage', () => {
      const [schedule] = stage.of('AWS::Scheduler::Schedule');
      const zone = stages.find(({ name }) => name === stage.name)?.settings.zone;

      expect(schedule?.properties).toMatchObject({
        ScheduleExpression: 'cron(30 3 * * ? *)',
        ScheduleExpressionTimezone: zone,
        State: 'ENABLED',
      });
      expect(JSON.parse(schedule?.properties.Target.Input)).toEqual({
        scheduledAt: '<aws.scheduler.scheduled-time>',
      });
    });

    it('is marked as failed when it fails, runs out of time or is stopped', () => {
      const rule = stage
        .of('AWS::Events::Rule')
        .find(({ properties }) => properties.EventPattern.source?.[0] === 'aws.states');

      expect(rule?.properties.EventPattern.detail.status).toEqual(['FAILED', 'TIMED_OUT', 'ABORTED']);
      expect(rule && stage.at(rule, rule.properties.Targets[0].Arn)?.properties.Description).toBe(
        'night/fail',
      );
    });

    it('is logged in full', () => {
      expect(machine.properties.LoggingConfiguration.Level).toBe('ALL');
    });
  });
};
