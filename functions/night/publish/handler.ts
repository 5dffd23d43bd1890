import { publish } from '../../../shared/application/night/publish.ts';
import { Run } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { blob, clock, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Run, () => publish({ table: table(), blob: blob(), clock }));
