import { keys, partOf } from '../../contracts/keys.ts';
import { TooManyConflicts } from '../../domain/kernel/errors.ts';
import { groupBy } from '../../domain/kernel/groups.ts';
import type { Pause } from '../../ports/pause.ts';
import { type Item, MOST_WRITES, type Table, type Value, type Write } from '../../ports/table.ts';
import { partsOf } from './kept-text.ts';

/** What comes under a cause, with the parts of what is too long for one item; they come and go with it. */
export interface Arrival {
  readonly cause: string;
  readonly value: Value;
  readonly parts: readonly Value[];
}

/** One thing comes into quarantine, leaves it, or moves to another cause. */
export interface Change {
  /** The digest of what is kept. */
  readonly id: string;
  readonly remove?: {
    readonly cause: string;
    /** How many parts go with it. */
    readonly parts?: number;
  };
  readonly put?: Arrival;
  /** What else stands or falls with it. */
  readonly more?: readonly Write[];
}

interface Deps {
  readonly table: Table;
  readonly pause?: Pause;
}

/** How many of one cause are kept, since when it is not empty, and when the last one came. */
export interface Tally {
  readonly count: number;
  readonly since: string;
  readonly last: string;
}

const ATTEMPTS = 12;
/** Beside the counts of the causes that things leave and come to. */
const MOST_WRITES_OF_CHANGES = MOST_WRITES - 2;
/** A transaction of DynamoDB holds 4 MB. */
const MOST_CHARACTERS = 1_500_000;

/**
 * Changes what is kept and its counts in one commit, so that they agree whatever happens. What is there already is
 * not put again, what is gone is not removed again: done twice, it is done once. Answers how many it changed.
 */
export async function changeQuarantine(deps: Deps, changes: readonly Change[]): Promise<number> {
  let changed = 0;
  for (const [, own] of groupBy(changes, tallied))
    for (const some of chunks(own)) changed += await commitSome(deps, some);
  return changed;
}

/** Those that change the same counts. The slot is a digit of the digest, so that counting spreads. */
const tallied = ({ id, remove, put }: Change): string =>
  [remove?.cause ?? '', put?.cause ?? '', slotOf(id)].join('#');

const slotOf = (id: string): string => id.slice(0, 1);

function* chunks(changes: readonly Change[]): Generator<readonly Change[]> {
  let some: Change[] = [];
  let [characters, writes] = [0, 0];
  for (const change of changes) {
    const [size, count] = [JSON.stringify(change).length, writesOf(change)];
    if (some.length > 0 && (characters + size > MOST_CHARACTERS || writes + count > MOST_WRITES_OF_CHANGES)) {
      yield some;
      some = [];
      [characters, writes] = [0, 0];
    }
    some.push(change);
    characters += size;
    writes += count;
  }
  yield some;
}

const writesOf = ({ remove, put, more = [] }: Change): number =>
  (remove === undefined ? 0 : 1 + (remove.parts ?? 0)) +
  (put === undefined ? 0 : 1 + put.parts.length) +
  more.length;

async function commitSome({ table, pause }: Deps, changes: readonly Change[]): Promise<number> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { writes, count } = await writesFor(table, changes);
    if (writes.length === 0 || (await table.commit(writes)).ok) return count;
    await pause?.(attempt);
  }
  throw new TooManyConflicts('The quarantine');
}

async function writesFor(
  table: Table,
  changes: readonly Change[],
): Promise<{ readonly writes: readonly Write[]; readonly count: number }> {
  const [first] = changes;
  if (first === undefined) return { writes: [], count: 0 };
  const [from, to] = [first.remove?.cause, first.put?.cause];
  const slot = slotOf(first.id);
  const stands = async (cause: string | undefined): Promise<readonly (Item | undefined)[]> =>
    cause === undefined ? [] : table.getMany(changes.map(({ id }) => keys.quarantined(cause, id)));
  const [there, arrived] = [await stands(from), await stands(to)];
  const removed: Item[] = [];
  const writes: Write[] = [];
  const put: Value[] = [];
  changes.forEach((change, index) => {
    const item = there[index];
    if (from !== undefined && item === undefined) return;
    if (item !== undefined && from !== undefined) {
      removed.push(item);
      writes.push(...removal(from, item));
    }
    if (change.put !== undefined && arrived[index] === undefined) {
      put.push(change.put.value);
      writes.push(...arrival(change.id, change.put));
    }
    writes.push(...(change.more ?? []));
  });
  if (removed.length > 0 && from !== undefined)
    writes.push(await tallyWrite(table, { cause: from, slot }, -removed.length, []));
  if (put.length > 0 && to !== undefined)
    writes.push(
      await tallyWrite(
        table,
        { cause: to, slot },
        put.length,
        put.map(({ at }) => String(at)),
      ),
    );
  return { writes, count: Math.max(removed.length, put.length) };
}

const removal = (cause: string, { sk: id, version, value }: Item): readonly Write[] => [
  { remove: keys.quarantined(cause, id), if: { version } },
  ...Array.from({ length: partsOf(value) }, (_, part) => ({
    remove: partOf(keys.quarantined(cause, id), part),
  })),
];

const arrival = (id: string, { cause, value, parts }: Arrival): readonly Write[] => [
  { put: keys.quarantined(cause, id), value, if: 'absent' },
  ...parts.map((piece, part) => ({
    put: partOf(keys.quarantined(cause, id), part),
    value: piece,
    if: 'absent' as const,
  })),
];

async function tallyWrite(
  table: Table,
  { cause, slot }: { readonly cause: string; readonly slot: string },
  more: number,
  times: readonly string[],
): Promise<Write> {
  const key = keys.quarantineTally(cause, slot);
  const item = await table.get(key);
  const before = item === undefined ? undefined : tallyOf(item);
  const count = Math.max(0, (before?.count ?? 0) + more);
  const known = before === undefined || before.count === 0 ? [] : [before.since, before.last];
  const seen = [...known, ...times].sort();
  return {
    put: key,
    value: { cause, count, since: seen[0] ?? '', last: seen.at(-1) ?? '' },
    if: item === undefined ? 'absent' : { version: item.version },
  };
}

export const tallyOf = ({ value }: Item): Tally => ({
  count: Number(value['count']),
  since: String(value['since']),
  last: String(value['last']),
});
