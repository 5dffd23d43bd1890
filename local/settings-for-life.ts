import { settingsForLife } from '../shared/contracts/stage.ts';
import { InvalidInput } from '../shared/domain/kernel/errors.ts';
import type { DataDirectory } from './data-directory.ts';
import type { Machine } from './machine.ts';

const KEPT = { table: 'control', pk: 'settings-for-life', sk: 'settings' } as const;

/**
 * What everything recorded was counted or read by stands beside it. Another in stage.json is refused, as a deployment
 * refuses it: euros would be shown as dollars. Until the first fact it may be changed.
 */
export async function checkForLife(
  { table, stage }: Pick<Machine, 'table' | 'stage'>,
  { path }: Pick<DataDirectory, 'path'>,
): Promise<void> {
  const kept = await table.get(KEPT);
  const changed = settingsForLife.find((name) => kept?.value[name] !== stage[name]);
  if (changed === undefined) return;
  const facts = await table.scan({ table: 'facts', segment: 0, of: 1, limit: 1 });
  if (kept !== undefined && facts.items.length > 0) {
    const [is, was] = [stage[changed], kept.value[changed]];
    throw new InvalidInput(
      'settings-for-life',
      changed,
      `${path}/stage.json, ${changed}: is '${is}', but everything recorded so far is by '${was}'; write that, or give '${is}' a data directory of its own`,
    );
  }
  const value = Object.fromEntries(settingsForLife.map((name) => [name, stage[name]]));
  await table.commit([{ put: KEPT, value }]);
}
