import { outboxFunction } from '../../_shell/outbox.ts';
import { bus } from '../../_shell/wiring.ts';

export const handler = outboxFunction((messages) => bus().publish(messages));
