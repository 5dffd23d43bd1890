import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { deploy, type Outside } from '../../../../ops/deploy/deploy.ts';
import type { PlannedStack } from '../../../../ops/deploy/planned.ts';
import type { InvalidInput } from '../../../../shared/domain/kernel/errors.ts';
import { aDataStack, aStage, aStanding } from './a-stage.ts';

const table = (id: string, stream = 'NEW_IMAGE') => ({
  Resources: {
    [id]: {
      Type: 'AWS::DynamoDB::GlobalTable',
      DeletionPolicy: 'Retain',
      Properties: { TableClass: 'STANDARD', StreamSpecification: { StreamViewType: stream } },
    },
  },
});
const topic = (name: string) => ({
  ...table('Customers'),
  Description: name,
});
const standingWith = (template: object) =>
  aStanding({ stacks: { data: aDataStack({ template: template as Readonly<Record<string, unknown>> }) } });
const planOf = (template: object): PlannedStack[] => [
  { name: 'clientele-shop-data', template: template as Readonly<Record<string, unknown>> },
];

/** The world around a deployment, which remembers what was asked of it. */
function aWorld(change: Partial<Outside> = {}) {
  const asked: string[] = [];
  const to = new PassThrough();
  const outside: Outside = {
    standing: async () => standingWith(topic('old')),
    synthesise: async () => {
      asked.push('synthesise');
      return planOf(topic('new'));
    },
    confirm: async (question) => {
      asked.push(question);
      return true;
    },
    deploy: async () => {
      asked.push('deploy');
      return 0;
    },
    deployed: async () => ({ url: 'https://api.example.com', userPool: 'pool-1' }),
    to,
    ...change,
  };
  return { outside, asked, said: () => String(to.read() ?? '') };
}

const question = "Deploy 'shop' into eu-west-1, account 111122223333?";
const plain = { diffOnly: false, giveUp: [] };

describe('a deployment', () => {
  it('shows what changes, asks, deploys, and says where the stage answers', async () => {
    const { outside, asked, said } = aWorld();

    expect(await deploy(aStage(), plain, outside)).toBe('deployed');
    expect(asked).toEqual(['synthesise', question, 'deploy']);
    const text = said();
    expect(text).toContain('clientele-shop-data:');
    expect(text.trim().split('\n').at(-1)).toBe("'shop' answers at https://api.example.com");
  });

  it('asks nothing where no template changes, and still lets the CDK compare the rest', async () => {
    const { outside, asked } = aWorld({ standing: async () => standingWith(topic('new')) });

    expect(await deploy(aStage(), plain, outside)).toBe('deployed');
    expect(asked).toEqual(['synthesise', 'deploy']);
  });

  it('says after the first one what is left to do by hand', async () => {
    const { outside, said } = aWorld({ standing: async () => aStanding({ stacks: {} }) });

    await deploy(aStage(), plain, outside);

    const text = said();
    expect(text).toContain('clientele-shop-data: new, 1 resources');
    expect(text).toContain('admin-create-user --region eu-west-1 --user-pool-id pool-1');
  });

  it('changes nothing when the answer is no', async () => {
    const { outside, asked, said } = aWorld({ confirm: async () => false });

    expect(await deploy(aStage(), plain, outside)).toBe('declined');
    expect(asked).toEqual(['synthesise']);
    expect(said()).toContain('Nothing was changed');
  });

  it('stops after the differences when only they are wanted', async () => {
    const { outside, asked } = aWorld();

    expect(await deploy(aStage(), { ...plain, diffOnly: true }, outside)).toBe('compared');
    expect(asked).toEqual(['synthesise']);
  });

  it('has failed when the CDK has', async () => {
    const { outside, said } = aWorld({ deploy: async () => 1 });

    expect(await deploy(aStage(), plain, outside)).toBe('failed');
    expect(said()).not.toContain('answers at');
  });
});

describe('a deployment stops before anything is changed', () => {
  const stopped = async (world: ReturnType<typeof aWorld>, giveUp: readonly string[] = []) => {
    const error = await deploy(aStage(), { diffOnly: false, giveUp }, world.outside).catch(
      (reason: InvalidInput) => reason,
    );
    expect(error).toMatchObject({ code: 'must-not-deploy' });
    expect(world.asked).not.toContain('deploy');
    expect(world.asked).not.toContain(question);
    return (error as InvalidInput).message;
  };

  it('and before it synthesises, over a newer layout', async () => {
    const world = aWorld({
      standing: async () => aStanding({ stacks: { data: aDataStack({ outputs: { Layout: '99' } }) } }),
    });

    expect(await stopped(world)).toContain("stage 'shop' has layout 99");
    expect(world.asked).toEqual([]);
  });

  it('where a table would be left behind, also when only differences are wanted', async () => {
    const world = aWorld({ synthesise: async () => planOf(table('Clients')) });

    expect(await stopped(world)).toContain('clientele-shop-data/Customers');
    await expect(deploy(aStage(), { diffOnly: true, giveUp: [] }, world.outside)).rejects.toMatchObject({
      code: 'must-not-deploy',
    });
  });

  it('where not all that would be lost is named', async () => {
    const both = { Resources: { ...table('Customers').Resources, ...table('Facts').Resources } };
    const world = aWorld({
      standing: async () => standingWith(both),
      synthesise: async () => planOf({ Resources: {} }),
    });

    const message = await stopped(world, ['clientele-shop-data/Facts']);

    expect(message).toContain('clientele-shop-data/Customers');
    expect(message).not.toContain('clientele-shop-data/Facts');
  });

  it('where something is named that would not be lost', async () => {
    expect(await stopped(aWorld(), ['clientele-shop-data/Cutsomers'])).toContain(
      '--give-up clientele-shop-data/Cutsomers: nothing of this name would be lost; leave it out',
    );
  });

  it('where another stack still imports what would no longer be exported', async () => {
    const exporting = { ...topic('old'), Outputs: { Out: { Value: 'x', Export: { Name: 'table' } } } };
    const api = aDataStack({
      name: 'clientele-shop-api',
      template: { Outputs: { Used: { Value: { 'Fn::ImportValue': 'table' } } } },
    });
    const world = aWorld({
      standing: async () => aStanding({ stacks: { data: aDataStack({ template: exporting }), api } }),
    });

    expect(await stopped(world)).toContain('which clientele-shop-api imports');
  });
});

describe('what is given up by its name', () => {
  it('is lost, after the question', async () => {
    const { outside, asked } = aWorld({ synthesise: async () => planOf(table('Clients')) });
    const giveUp = ['clientele-shop-data/Customers'];

    expect(await deploy(aStage(), { diffOnly: false, giveUp }, outside)).toBe('deployed');
    expect(asked).toEqual([question, 'deploy']);
  });
});
