import { recentKeys } from '../../../shared/application/ingest/recent-keys.ts';
import { pollAll } from '../../../shared/application/sources/poll-all.ts';
import { Question } from '../../../shared/contracts/night-input.ts';
import { shops } from '../../../shared/domain/dialects/shops.ts';
import { log } from '../../_shell/log.ts';
import { taskFunction } from '../../_shell/task.ts';
import { bus, clock, keyring, shopsAsked, stage, table } from '../../_shell/wiring.ts';

export const handler = taskFunction(Question, async () => {
  const poll = pollAll({
    table: table(),
    bus: bus(),
    keyring: await keyring(),
    clock,
    stage: stage(),
    recent: recentKeys(),
    shops,
    clients: shopsAsked(),
  });
  return async () => {
    const polled = await poll();
    for (const { id, messages, error = '' } of polled) log('shop asked', { source: id, messages, error });
    return polled;
  };
});
