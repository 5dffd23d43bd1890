/** Each holds one kind of state; see keys.ts for what stands under which key. */
export const tableNames = ['customers', 'facts', 'vault', 'control', 'outbox'] as const;
export type TableName = (typeof tableNames)[number];

export interface Key {
  readonly table: TableName;
  /** The partition: what is read together. */
  readonly pk: string;
  /** The place within it; items of one partition are ordered by it (code points). */
  readonly sk: string;
}
