import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { StageSettings } from '../shared/contracts/stage.ts';
import { complaintsIn } from '../shared/domain/kernel/complaint.ts';
import { InvalidInput } from '../shared/domain/kernel/errors.ts';
import { fileJson } from '../shared/domain/kernel/file-json.ts';

/** Everything the single machine keeps lies in one directory; copying it is the backup. */
export interface DataDirectory {
  readonly path: string;
  readonly database: string;
  readonly files: string;
  readonly stage: StageSettings;
  readonly secrets: Secrets;
}

const Secrets = z.object({
  /** 32 bytes, base64: what identifiers are hashed and personal data is sealed with. Losing it loses them. */
  master: z.base64(),
  /** For tills and shops. */
  writeKey: z.string(),
  /** For people and scripts, with every role. */
  accessKey: z.string(),
});
type Secrets = z.infer<typeof Secrets>;

/** How a new directory is set up; what is left out is a Dutch shop's. */
export type NewStage = Partial<z.input<typeof StageSettings>>;

const DATABASE = 'clientele.db';
const DEFAULT_STAGE = { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' };

export const dataPath = (env: Readonly<Record<string, string | undefined>>): string =>
  env['CLIENTELE_DATA'] || '.clientele';

export const isNew = (path: string): boolean =>
  !existsSync(join(path, 'stage.json')) && !existsSync(join(path, DATABASE));

/** Opens the directory, or makes it: `stage` says how a new one is set up, and is ignored by an old one. */
export function openDataDirectory(path: string, stage: NewStage = {}): DataDirectory {
  makeDirectory(path);
  for (const name of ['secrets.json', 'stage.json']) refuseToReplace(path, name);
  const secrets = keep(join(path, 'secrets.json'), Secrets, makeSecrets, 0o600);
  return {
    path,
    database: join(path, DATABASE),
    files: join(path, 'files'),
    secrets,
    stage: keep(
      join(path, 'stage.json'),
      StageSettings,
      () => read(StageSettings, { ...DEFAULT_STAGE, ...stage }, 'The settings of the new data directory'),
      0o644,
    ),
  };
}

function makeDirectory(path: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new InvalidInput('no-data-directory', path, `${path} cannot be a data directory: ${reason}`, {
      cause,
    });
  }
}

/** The database is made last. New secrets beside it would know nobody again, new settings might count in other money. */
function refuseToReplace(path: string, name: string): void {
  if (existsSync(join(path, name)) || !existsSync(join(path, DATABASE))) return;
  throw new InvalidInput(
    'incomplete-data',
    join(path, name),
    `${join(path, name)} is missing beside the data that was written with it; put it back from a backup, or name another directory`,
  );
}

const makeSecrets = (): Secrets => ({
  master: randomBytes(32).toString('base64'),
  writeKey: `write_${randomBytes(18).toString('base64url')}`,
  accessKey: `access_${randomBytes(18).toString('base64url')}`,
});

/** Reads a JSON file, or writes it whole the first time. */
function keep<T>(file: string, schema: z.ZodType<T>, make: () => T, mode: number): T {
  if (!existsSync(file)) {
    const unfinished = `${file}.unfinished`;
    writeFileSync(unfinished, `${JSON.stringify(make(), null, 2)}\n`, { mode, flush: true });
    renameSync(unfinished, file);
  }
  return read(schema, parsed(file), file);
}

function parsed(file: string): unknown {
  const text = readFileSync(file, 'utf8');
  try {
    return fileJson(text);
  } catch {
    // What JSON.parse says quotes the file, and one of them holds secrets.
    throw unusable(file, ['is no JSON; look for a comma, a quote or a brace that is missing or too much']);
  }
}

function read<T>(schema: z.ZodType<T>, value: unknown, from: string): T {
  const known = schema.safeParse(value);
  if (known.success) return known.data;
  throw unusable(from, complaintsIn(known.error, 'the file'));
}

const unusable = (file: string, complaints: readonly string[]): InvalidInput =>
  new InvalidInput(
    'invalid-settings',
    file,
    `${file} cannot be used:\n${complaints.map((line) => `  ${line}`).join('\n')}`,
  );
