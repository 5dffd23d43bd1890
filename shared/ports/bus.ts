import type { Message } from '../contracts/messages.ts';

/**
 * Carries messages to whoever listens (shared/contracts/topology.ts). Laws:
 * 1. When `publish` returns, every message is kept and will reach each of its consumers at least once.
 * 2. A message that was not taken makes it throw; those before it may have been taken.
 * Order is not kept, and a message may come twice: consumers are idempotent.
 */
export interface Bus {
  publish(messages: readonly Message[]): Promise<void>;
}
