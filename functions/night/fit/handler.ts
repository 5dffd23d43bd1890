import { fit as fitModels } from '../../../shared/application/night/fit.ts';
import { Run } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { blob, stage } from '../../_shell/wiring.ts';

export const handler = taskFunction(Run, () => fitModels({ blob: blob(), stage: stage() }));
