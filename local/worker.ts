import { setTimeout as pause } from 'node:timers/promises';
import type { Deliveries, Delivery } from '../shared/adapters/local/deliveries.ts';
import { type Consumer, consumers } from '../shared/contracts/topology.ts';
import { ClienteleError } from '../shared/domain/kernel/errors.ts';
import { consumersOf } from './consumers.ts';
import type { Machine } from './machine.ts';

/** A handler that takes longer than this is taken for dead, and its messages come again. */
const VISIBILITY_MILLIS = 30_000;
const IDLE_MILLIS = 20;
const OUTBOX_BATCH = 500;

type Consume = (details: readonly unknown[]) => Promise<void>;
type Handlers = Readonly<Record<Consumer, Consume>>;

/** Handles what is due, once around; answers how many messages there were. Who goes round often makes the handlers once. */
export async function workOnce(
  machine: Machine,
  handlers: Handlers = consumersOf(machine) as Handlers,
): Promise<number> {
  let handled = machine.deliveries.drainOutbox(Date.now(), OUTBOX_BATCH);
  for (const [consumer, { batch }] of Object.entries(consumers) as [Consumer, { batch: number }][]) {
    const taken = machine.deliveries.take(consumer, batch, Date.now(), VISIBILITY_MILLIS);
    await handle(machine.deliveries, handlers[consumer], taken);
    handled += taken.length;
  }
  return handled;
}

/** A batch that fails is tried again message by message, so that one bad message fails alone. */
async function handle(deliveries: Deliveries, consume: Consume, taken: readonly Delivery[]): Promise<void> {
  if (taken.length === 0) return;
  try {
    await consume(taken.map(({ message }) => message.detail));
    deliveries.done(taken.map(({ id }) => id));
  } catch (error) {
    const [single, ...others] = taken;
    if (single !== undefined && others.length === 0)
      return deliveries.fail(single.id, reasonOf(error), Date.now());
    for (const one of taken) await handle(deliveries, consume, [one]);
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof ClienteleError ? error.code : error instanceof Error ? error.name : 'unknown';

/** Works until nothing is due any more. */
export async function workUntilIdle(machine: Machine): Promise<void> {
  const handlers = consumersOf(machine) as Handlers;
  while ((await workOnce(machine, handlers)) > 0);
}

/** Works until told to stop, and finishes what it has taken. */
export async function workUntil(machine: Machine, stop: AbortSignal): Promise<void> {
  const handlers = consumersOf(machine) as Handlers;
  while (!stop.aborted) {
    const handled = await workOnce(machine, handlers).catch((error: unknown) => {
      process.stderr.write(`worker: ${reasonOf(error)}\n`);
      return 0;
    });
    if (handled === 0) await pause(IDLE_MILLIS);
  }
}
