import { addressShard } from '../../../shared/application/campaigns/address-shard.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { senders } from '../../_shell/senders.ts';
import { clock, keyring, stage, table } from '../../_shell/wiring.ts';

export const handler = queueFunction('campaigns/address-shard', async () => {
  const address = addressShard({
    table: table(),
    keyring: await keyring(),
    senders: await senders(),
    clock,
    stage: stage(),
  });
  return async (details) => {
    for (const detail of details) await address(detail);
  };
});
