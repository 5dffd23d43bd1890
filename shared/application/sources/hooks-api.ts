import type { Handlers } from '../../contracts/handler.ts';
import { type HookDeps, takeHook } from './take-hook.ts';

/** Answers `POST /v1/hooks/{id}`. */
export const hooksApi = (deps: HookDeps): Handlers<'takeHook'> => {
  const take = takeHook(deps);
  return { takeHook: async ({ params, body }) => ({ body: await take(params.id, body) }) };
};
