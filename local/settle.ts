import { setTimeout as pause } from 'node:timers/promises';
import type { Machine } from './machine.ts';
import { workUntilIdle } from './worker.ts';

const POLL_MILLIS = 50;

/** Works off what is waiting, and waits for what another process has in hand. */
export async function settle(machine: Machine): Promise<void> {
  await workUntilIdle(machine);
  while (Object.values(machine.deliveries.pending()).some((count) => count > 0)) {
    await pause(POLL_MILLIS);
    await workUntilIdle(machine);
  }
}
