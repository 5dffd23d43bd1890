import middy from '@middy/core';
import type * as z from 'zod';
import { ClienteleError } from '../../shared/domain/kernel/errors.ts';
import { lazily } from './lazily.ts';
import { logFailure, perInvocation } from './log.ts';

type Work<Input> = (input: Input) => Promise<unknown>;

/** What the state machine shows of a failure: its code, and nothing of what was worked on. */
class TaskFailed extends Error {
  constructor(code: string) {
    super(code);
    this.name = code;
  }
}

/** A step of a state machine: checks the input, works, and fails with a code. */
export const taskFunction = <Input>(
  input: z.ZodType<Input>,
  build: () => Work<Input> | Promise<Work<Input>>,
) => {
  const built = lazily(async () => build());
  return middy(async (event: unknown): Promise<unknown> => {
    try {
      const work = await built();
      return (await work(input.parse(event))) ?? null;
    } catch (error) {
      logFailure('task failed', error);
      throw new TaskFailed(error instanceof ClienteleError ? error.code : 'internal');
    }
  }).use(perInvocation());
};
