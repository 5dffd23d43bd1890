import { snapshot } from '../../../shared/application/night/snapshot.ts';
import { Shard } from '../../../shared/contracts/night-input.ts';
import { taskFunction } from '../../_shell/task.ts';
import { blob, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Shard, () => {
  const take = snapshot({ table: table(), blob: blob() });
  return ({ run, shard }) => take(run, shard);
});
