import * as z from 'zod';
import { ClienteleError } from '../domain/kernel/errors.ts';
import type { TableName } from './key.ts';

/** The environment of functions: written by lib/, read by functions/_shell. Each name stands here alone. */
export const settings = {
  /** StageSettings as JSON. */
  stage: 'CLIENTELE_STAGE',
  customersTable: 'CLIENTELE_CUSTOMERS_TABLE',
  factsTable: 'CLIENTELE_FACTS_TABLE',
  vaultTable: 'CLIENTELE_VAULT_TABLE',
  controlTable: 'CLIENTELE_CONTROL_TABLE',
  outboxTable: 'CLIENTELE_OUTBOX_TABLE',
  bus: 'CLIENTELE_BUS',
  bucket: 'CLIENTELE_BUCKET',
  masterSecret: 'CLIENTELE_MASTER_SECRET',
  /** SenderSettings as JSON. */
  senders: 'CLIENTELE_SENDERS',
  /** The claim of a person's token that lists the roles. */
  rolesClaim: 'CLIENTELE_ROLES_CLAIM',
} as const;
export type Setting = keyof typeof settings;

/** The setting that names a table. */
export const tableSetting = (table: TableName) => `${table}Table` as const;

/** How a stage sends: by a service, or into the outbox where nothing leaves the house. */
export const SenderSettings = z.strictObject({
  email: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('ses'), from: z.string(), configurationSet: z.string() }),
    z.strictObject({ kind: z.literal('outbox') }),
  ]),
  sms: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('end-user-messaging'), originationIdentity: z.string() }),
    z.strictObject({ kind: z.literal('outbox') }),
  ]),
});
export type SenderSettings = z.infer<typeof SenderSettings>;

/** A function was deployed without something that it needs. */
export class MissingSettings extends ClienteleError {
  readonly code = 'missing-settings';

  constructor(names: readonly string[]) {
    super(`Missing: ${names.join(', ')}. lib/function-needs.ts says which function gets which`);
  }
}

/** Asks only for what is used, and reports every gap at once. */
export function readSettings<const S extends Setting>(
  wanted: readonly S[],
  env: Readonly<Record<string, string | undefined>>,
): Record<S, string> {
  const found: [S, string][] = [];
  const missing: string[] = [];
  for (const name of wanted) {
    const value = env[settings[name]];
    if (value) found.push([name, value]);
    else missing.push(settings[name]);
  }
  if (missing.length > 0) throw new MissingSettings(missing);
  return Object.fromEntries(found) as Record<S, string>;
}
