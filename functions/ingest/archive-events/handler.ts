import { archiveEvents } from '../../../shared/application/ingest/archive-events.ts';
import { queueFunction } from '../../_shell/queue.ts';
import { blob, digest } from '../../_shell/wiring.ts';

export const handler = queueFunction('ingest/archive-events', async () =>
  archiveEvents({ blob: blob(), digest }),
);
