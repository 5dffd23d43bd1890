import { takeFeedback } from '../../../shared/application/campaigns/take-feedback.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { feedbackIn, keyring, table } from '../../_shell/wiring.ts';

export const handler = queueFunction('campaigns/take-feedback', async () => {
  const take = takeFeedback({ table: table(), keyring: await keyring() });
  return async (details) => {
    for (const detail of details) await take(feedbackIn(detail));
  };
});
