import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { deliveries } from '../../shared/adapters/local/deliveries.ts';
import { fileBlob } from '../../shared/adapters/local/file-blob.ts';
import { tableNames } from '../../shared/adapters/local/schema.ts';
import { sqliteBus } from '../../shared/adapters/local/sqlite-bus.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { outboxSender } from '../../shared/adapters/outbox-sender.ts';
import { addressShard } from '../../shared/application/campaigns/address-shard.ts';
import { foldEvents } from '../../shared/application/customers/fold-events.ts';
import { acceptEvents, type IngestDeps } from '../../shared/application/ingest/accept-events.ts';
import { recentKeys } from '../../shared/application/ingest/recent-keys.ts';
import type { EventResult } from '../../shared/contracts/event-schemas.ts';
import type { Messages } from '../../shared/contracts/messages.ts';
import { StageSettings } from '../../shared/contracts/stage.ts';
import type { Consumer } from '../../shared/contracts/topology.ts';
import type { ContactChannel } from '../../shared/domain/events/consent-changed.ts';
import type { AcceptedEvent } from '../../shared/domain/events/event.ts';
import type { Blob } from '../../shared/ports/blob.ts';
import type { Digest } from '../../shared/ports/digest.ts';
import type { Sender } from '../../shared/ports/sender.ts';

/** Every port, by its real adapter: SQLite in memory, files in a directory that vanishes with the test. */
export interface MemoryMachine extends IngestDeps {
  readonly blob: Blob;
  readonly digest: Digest;
  readonly senders: Readonly<Record<ContactChannel, Sender>>;
  /** Moves the clock, forwards or back. */
  readonly setClock: (now: string) => void;
  /** What the bus holds for a consumer, taken and done. */
  readonly take: <T>(consumer: Consumer) => readonly T[];
  /** Every row of every table and queue as text, to search it for what must not be there. */
  readonly everyRow: () => string;
}

/** Master keys are the same everywhere, so that machines can be compared. */
const MASTER = Buffer.alloc(32, 7);

export const NOW = '2026-03-15T12:00:00.000Z';

/** Opens an empty machine; pass only the settings that the test is about. */
export function memoryMachine(settings: Partial<StageSettings> = {}): MemoryMachine {
  let now = NOW;
  const clock = () => now;
  const database = openDatabase(':memory:', { durable: false });
  const directory = join(tmpdir(), `clientele-${randomUUID()}`);
  onTestFinished(() => {
    database.close();
    rmSync(directory, { recursive: true, force: true });
  });
  const table = sqliteTable(database, clock);
  const ring = keyring({ master: MASTER, table });
  const sender = outboxSender({ table, keyring: ring, clock });
  const queues = deliveries(database);
  return {
    table,
    bus: sqliteBus(database, clock),
    blob: fileBlob(directory),
    keyring: ring,
    digest: sha256,
    clock,
    stage: StageSettings.parse({
      zone: 'Europe/Amsterdam',
      currency: 'EUR',
      country: 'NL',
      shards: 3,
      ...settings,
    }),
    recent: recentKeys(),
    senders: { email: sender, sms: sender },
    setClock: (next) => {
      now = next;
    },
    take<T>(consumer: Consumer) {
      queues.drainOutbox(Date.parse(now), 1_000);
      const taken = queues.take(consumer, 10_000, Date.parse(now), 1);
      queues.done(taken.map(({ id }) => id));
      return taken.map(({ message }) => message.detail as T);
    },
    everyRow: () =>
      [...tableNames, 'deliveries']
        .flatMap((name) => database.connection.prepare(`SELECT * FROM ${name}`).all())
        .map((row) => JSON.stringify(row))
        .join('\n'),
  };
}

/** Sends items as a till does; answers a result for each. */
export const submit = (machine: IngestDeps, ...items: readonly unknown[]): Promise<EventResult[]> =>
  acceptEvents(machine)(items, 'till');

/** The accepted events that wait for their fold, in the order of acceptance. */
export const waiting = (machine: MemoryMachine): AcceptedEvent[] =>
  machine.take<Messages['events.accepted']>('customers/fold-events').flatMap(({ events }) => events);

/** Sends items; answers what was accepted of them, not folded yet. */
export async function accepted(
  machine: MemoryMachine,
  ...items: readonly unknown[]
): Promise<AcceptedEvent[]> {
  await submit(machine, ...items);
  return waiting(machine);
}

/** Folds everything that was accepted. */
export const foldWaiting = (machine: MemoryMachine) => foldEvents(machine)(waiting(machine));

/** Sends and folds: how a test comes by customers. */
export async function tell(machine: MemoryMachine, ...items: readonly unknown[]): Promise<void> {
  await submit(machine, ...items);
  await foldWaiting(machine);
}

/** Addresses every shard that is due. */
export async function addressWaiting(machine: MemoryMachine): Promise<void> {
  const address = addressShard(machine);
  for (const due of machine.take<Messages['campaign.shard-due']>('campaigns/address-shard'))
    await address(due);
}
