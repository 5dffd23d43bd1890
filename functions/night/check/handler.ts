import { checkNight } from '../../../shared/application/night/check.ts';
import { measures } from '../../../shared/contracts/measures.ts';
import { Question } from '../../../shared/contracts/night-input.ts';
import { log } from '../../_shell/log.ts';
import { taskFunction } from '../../_shell/task.ts';
import { clock, stage, table } from '../../_shell/wiring.ts';

const { message, field } = measures.lateNight;

export const handler = taskFunction(Question, () => {
  const check = checkNight({ table: table(), stage: stage() });
  return async () => {
    const found = await check(clock());
    log(message, { asOf: found.asOf, status: found.status, [field]: found.late ? 1 : 0 });
    return found;
  };
});
