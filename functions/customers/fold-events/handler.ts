import { foldEvents } from '../../../shared/application/customers/fold-events.ts';
import { measures } from '../../../shared/contracts/measures.ts';
import { oldestSeconds } from '../../../shared/domain/events/age.ts';
import { log } from '../../_shell/log.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { clock, keyring, pause, stage, table } from '../../_shell/wiring.ts';

const { message, field } = measures.freshness;

export const handler = queueFunction('customers/fold-events', async () => {
  const fold = foldEvents({ table: table(), keyring: await keyring(), clock, pause, stage: stage() });
  return async (details) => {
    const events = details.flatMap((detail) => detail.events);
    const report = await fold(events);
    log(message, { ...report, [field]: oldestSeconds(events, clock()) });
  };
});
