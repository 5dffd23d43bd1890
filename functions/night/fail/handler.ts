import { fail } from '../../../shared/application/night/open.ts';
import { Ended, runOf } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { clock, stage, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Ended, () => ({ detail: { input, status, error } }) => {
  const reason = `${status} ${error}`.trim();
  return fail({ table: table(), clock })(runOf(input, stage()), reason);
});
