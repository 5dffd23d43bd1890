import { type Audit, auditRecords, isSound } from '../../shared/application/customers/audit.ts';
import type { TableName } from '../../shared/contracts/key.ts';
import { canonicalJson } from '../../shared/domain/kernel/canonical.ts';
import type { Site } from '../site.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';

/** What a copy is worth. */
export type Verdict =
  /** It is what stood when it was made. */
  | 'equal'
  /** The live stage changed during the drill, so they cannot be equal; the copy holds together in itself. */
  | 'sound'
  /** The live stage did not change, and the copy is something else. */
  | 'different'
  /** The live stage changed during the drill, and the copy does not hold together. */
  | 'unsound';

export interface DrillReport {
  readonly verdict: Verdict;
  /** The copy holds what stood until then. */
  readonly asOf: string;
  readonly live: Snapshot;
  readonly copy: Snapshot;
  /** Where live and copy differ: `items.facts`, `status.amounts.EUR.net`. */
  readonly differences: readonly string[];
  /** Of the copy; only where it had to be judged by itself. */
  readonly audit?: Audit;
  /** Where the copy lies, for as long as it is kept. */
  readonly places: Readonly<Record<TableName, string>>;
  readonly beside: readonly string[];
}

interface Options {
  readonly keep: boolean;
  readonly say: (text: string) => void;
}

type Deps = Pick<Site, 'table' | 'digest' | 'stage' | 'restore'>;

export const isGood = ({ verdict }: DrillReport): boolean => verdict === 'equal' || verdict === 'sound';

/** Makes a copy, compares it with the live stage before and after, and removes it unless it is to be kept. */
export async function drill(site: Deps, { keep, say }: Options): Promise<DrillReport> {
  say('Reading the live tables.');
  const before = await takeSnapshot(site);
  const restored = await site.restore(say);
  try {
    say('Reading the copy.');
    const copy = await takeSnapshot({ ...site, table: restored.table });
    say('Reading the live tables again.');
    const after = await takeSnapshot(site);
    const told = { asOf: restored.asOf, copy, places: restored.places, beside: restored.beside };
    const equal = [before, after].find((live) => differencesOf(live, copy).length === 0);
    if (equal !== undefined) return { ...told, verdict: 'equal', live: equal, differences: [] };
    const differences = differencesOf(after, copy);
    if (differencesOf(before, after).length === 0)
      return { ...told, verdict: 'different', live: after, differences };
    say('The live tables changed meanwhile; checking the copy in itself.');
    const audit = await auditRecords({ table: restored.table });
    return { ...told, verdict: isSound(audit) ? 'sound' : 'unsound', live: after, differences, audit };
  } finally {
    await restored.close({ keep });
  }
}

/** Paths of the values that differ. */
export function differencesOf(a: unknown, b: unknown, path = ''): readonly string[] {
  if (canonicalJson(a) === canonicalJson(b)) return [];
  if (!isRecord(a) || !isRecord(b)) return [path];
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  return names.flatMap((name) => differencesOf(a[name], b[name], path === '' ? name : `${path}.${name}`));
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
