import '../../../support/silent-log.ts';
import { describe, expect, it } from 'vitest';
import { taskFunction } from '../../../../functions/_shell/task.ts';
import { Run, Shard } from '../../../../shared/contracts/night-input.ts';
import { Conflict } from '../../../../shared/domain/kernel/errors.ts';
import { context } from '../../../support/lambda-context.ts';

const run = { asOf: '2026-01-31', shards: 4 };

describe('a step of the night', () => {
  it('gets its shard of the run and answers what it made', async () => {
    const step = taskFunction(
      Shard,
      () =>
        async ({ shard }) =>
          shard * 2,
    );

    await expect(step({ run, shard: 3 }, context)).resolves.toBe(6);
  });

  it('answers null where there is nothing to say, since a state machine takes no undefined', async () => {
    const step = taskFunction(Run, () => async () => undefined);

    await expect(step(run, context)).resolves.toBeNull();
  });

  it('fails with the code of its failure as the name of the error', async () => {
    const step = taskFunction(Run, () => async () => {
      throw new Conflict('ada@example.com is in two runs');
    });

    await expect(step(run, context)).rejects.toMatchObject({ name: 'conflict', message: 'conflict' });
  });

  it('fails as internal, and tells nothing, when its input is not what was agreed', async () => {
    const step = taskFunction(Run, () => async () => undefined);

    await expect(step({ asOf: 'ada@example.com' }, context)).rejects.toMatchObject({
      name: 'internal',
      message: 'internal',
    });
  });
});
