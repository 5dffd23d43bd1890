import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import { importInto } from '../../ops/import-into.ts';
import { readTable } from '../../shared/adapters/local/table-file.ts';
import { readMapping } from '../../shared/domain/import/mapping.ts';
import { historyFile, historyMapping } from '../generated/history.ts';
import { job } from '../kit/job.ts';

export interface BackfillInput {
  readonly path: string;
  readonly receipts: number;
  readonly members: number;
  /** A sample after so many receipts each. */
  readonly every: number;
}

/** How it stood when so many receipts had been imported. */
export interface Sample {
  readonly receipts: number;
  readonly seconds: number;
  readonly rssBytes: number;
  /** Of it, what JavaScript holds; the rest is the database's cache above all. */
  readonly heapBytes: number;
  readonly databaseBytes: number;
  readonly logBytes: number;
}

export interface Backfilled {
  readonly samples: readonly Sample[];
  readonly accepted: number;
  readonly seconds: number;
  readonly archiveBytes: number;
}

/** Imports a generated history as `clientele import receipts` does, from a stream instead of a file. */
await job<BackfillInput, Backfilled>(async ({ path, receipts, members, every }) => {
  const directory = openDataDirectory(path, { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' });
  const machine = openMachine(directory, { durable: true });
  const mapping = readMapping(historyMapping, { currencyDigits: 2 });
  const bytes = Readable.from(historyFile({ receipts, members }), { objectMode: false });
  const source = await readTable('history', bytes, { ...mapping.file, packed: false });

  const samples: Sample[] = [];
  const started = performance.now();
  const seconds = (): number => (performance.now() - started) / 1_000;
  const sample = (done: number): void => {
    const one: Sample = {
      receipts: done,
      seconds: seconds(),
      rssBytes: process.memoryUsage.rss(),
      heapBytes: process.memoryUsage().heapUsed,
      databaseBytes: sizeOf(directory.database),
      logBytes: sizeOf(`${directory.database}-wal`),
    };
    samples.push(one);
    process.stderr.write(`${inWords(one)}\n`);
  };
  const report = await importInto(machine, source, {
    mapping,
    onProgress: ({ receipts: done }) => {
      if (done >= (samples.length + 1) * every) sample(done);
    },
  });
  const total = seconds();
  machine.close();
  return { samples, accepted: report.accepted, seconds: total, archiveBytes: sizeOfFiles(directory.files) };
});

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

function sizeOfFiles(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, entry) => sum + sizeOf(join(entry.parentPath, entry.name)), 0);
}

function inWords({ receipts, seconds, rssBytes, heapBytes, databaseBytes, logBytes }: Sample): string {
  const mib = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MiB`;
  return `  ${receipts} receipts in ${Math.round(seconds)} s, memory ${mib(rssBytes)} (heap ${mib(heapBytes)}), database ${mib(databaseBytes)}, its log ${mib(logBytes)}`;
}
