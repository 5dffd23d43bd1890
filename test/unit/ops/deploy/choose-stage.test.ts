import { describe, expect, it } from 'vitest';
import { chooseStage } from '../../../../ops/deploy/choose-stage.ts';
import { aStage } from './a-stage.ts';

const stages = [aStage(), aStage({ name: 'tokyo', region: 'ap-northeast-1' })];

describe('the stage to deploy', () => {
  it('is the one of that name', () => {
    expect(chooseStage('tokyo', stages)).toBe(stages[1]);
  });

  it.each([
    [undefined, 'Which stage? npm run deploy -- <stage>'],
    ['europa', "lib/stages.ts has no stage 'europa'"],
  ])('is asked for where %s is none, with a list of all', (name, complaint) => {
    expect(() => chooseStage(name, stages)).toThrow(
      expect.objectContaining({
        code: 'unknown-stage',
        message: [
          `${complaint}. It has:`,
          '  shop                 eu-west-1, Europe/Amsterdam, EUR',
          '  tokyo                ap-northeast-1, Europe/Amsterdam, EUR',
        ].join('\n'),
      }),
    );
  });
});
