import { open } from '../../../shared/application/night/open.ts';
import { runOf, Start } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { clock, stage, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Start, () => async (start) => {
  const run = runOf(start, stage());
  await open({ table: table(), clock, stage: stage() })(run);
  return run;
});
