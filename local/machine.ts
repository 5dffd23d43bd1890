import { keyring } from '../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../shared/adapters/crypto/sha256.ts';
import { jsonataMapper } from '../shared/adapters/jsonata/jsonata-mapper.ts';
import { openDatabase } from '../shared/adapters/local/database.ts';
import { type Deliveries, deliveries } from '../shared/adapters/local/deliveries.ts';
import { fileBlob } from '../shared/adapters/local/file-blob.ts';
import { sqliteBus } from '../shared/adapters/local/sqlite-bus.ts';
import { sqliteTable } from '../shared/adapters/local/sqlite-table.ts';
import { outboxSender } from '../shared/adapters/outbox-sender.ts';
import type { StageSettings } from '../shared/contracts/stage.ts';
import type { ContactChannel } from '../shared/domain/events/consent-changed.ts';
import type { Blob } from '../shared/ports/blob.ts';
import type { Bus } from '../shared/ports/bus.ts';
import type { Clock } from '../shared/ports/clock.ts';
import type { Digest } from '../shared/ports/digest.ts';
import type { Keyring } from '../shared/ports/keyring.ts';
import type { Mapper } from '../shared/ports/mapper.ts';
import type { Sender } from '../shared/ports/sender.ts';
import type { Table } from '../shared/ports/table.ts';
import type { DataDirectory } from './data-directory.ts';

/** Every port on one machine: what use cases are given. */
export interface Machine {
  readonly table: Table;
  readonly bus: Bus;
  readonly blob: Blob;
  readonly keyring: Keyring;
  readonly digest: Digest;
  readonly clock: Clock;
  readonly stage: StageSettings;
  readonly senders: Readonly<Record<ContactChannel, Sender>>;
  readonly mapper: Mapper;
  readonly deliveries: Deliveries;
  /** For work that is begun again where it broke off: it waits for the disk once, at its end. */
  inBulk<T>(work: () => Promise<T>): Promise<T>;
  close(): void;
}

const clock: Clock = () => new Date().toISOString();

/**
 * Opens the machine on a data directory. `durable` waits for the disk at every commit: for whoever
 * answers "accepted". What workers write can be made again from the queue, and need not wait.
 */
export function openMachine(
  { database: path, files, secrets, stage }: DataDirectory,
  { durable }: { readonly durable: boolean },
): Machine {
  const database = openDatabase(path, { durable });
  const table = sqliteTable(database, clock);
  const ring = keyring({ master: Buffer.from(secrets.master, 'base64'), table });
  const outbox = outboxSender({ table, keyring: ring, clock });
  return {
    table,
    bus: sqliteBus(database, clock),
    blob: fileBlob(files),
    keyring: ring,
    digest: sha256,
    clock,
    stage,
    senders: { email: outbox, sms: outbox },
    mapper: jsonataMapper(),
    deliveries: deliveries(database),
    inBulk: database.inBulk,
    close: () => database.close(),
  };
}
