import { score } from '../../../shared/application/night/score.ts';
import { Shard } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { blob, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Shard, () => {
  const judge = score({ table: table(), blob: blob() });
  return ({ run, shard }) => judge(run, shard);
});
