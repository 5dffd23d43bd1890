import { watchFeeds } from '../../../shared/application/feeds/watch-feeds.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { digest, pause, stage, table } from '../../_shell/wiring.ts';

export const handler = queueFunction('ingest/watch-feeds', () =>
  watchFeeds({ table: table(), stage: stage(), digest, pause }),
);
