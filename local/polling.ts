import { shopClients } from '../shared/adapters/shops/shops.ts';
import { recentKeys } from '../shared/application/ingest/recent-keys.ts';
import { pollAll } from '../shared/application/sources/poll-all.ts';
import { shops } from '../shared/domain/dialects/shops.ts';
import type { Machine } from './machine.ts';

const QUARTER_MILLIS = 15 * 60_000;

/** Asks the shops that are set up for it what changed, every quarter of an hour. A shop may stand on this machine. */
export function polling(machine: Machine): { stop(): void } {
  const poll = pollAll({
    ...machine,
    shops,
    recent: recentKeys(),
    clients: shopClients({ mayBeLocal: true }),
  });
  let running = false;
  const ask = async (): Promise<void> => {
    if (running) return;
    running = true;
    const polled = await poll().finally(() => {
      running = false;
    });
    for (const { id, error } of polled) if (error !== undefined) say(`'${id}' was not asked: ${error}`);
  };
  const timer = setInterval(() => {
    ask().catch((error: unknown) => say(error instanceof Error ? error.message : 'failed'));
  }, QUARTER_MILLIS);
  return { stop: () => clearInterval(timer) };
}

const say = (what: string): boolean => process.stderr.write(`shops: ${what}\n`);
