import { foldEvents } from '../../../shared/application/customers/fold-events.ts';
import { log } from '../../_shell/log.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { clock, keyring, table } from '../../_shell/wiring.ts';

export const handler = queueFunction('customers/fold-events', async () => {
  const fold = foldEvents({ table: table(), keyring: await keyring(), clock });
  return async (details) => log('folded', { ...(await fold(details.flatMap(({ events }) => events))) });
});
