import { keys } from '../../contracts/keys.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import { NotFound } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';
import { QUARANTINE_OWNER } from './quarantine.ts';
import { type Tally, tallyOf } from './quarantine-changes.ts';

/** What is kept, opened. */
export interface Kept {
  readonly cause: string;
  readonly id: string;
  readonly at: string;
  readonly source: string;
  readonly path: string;
  readonly detail: string | undefined;
  readonly sentAt: string | undefined;
  readonly quiet: Quiet | undefined;
  readonly stores: readonly string[] | undefined;
  /** An event that the door had taken, as it had become there. */
  readonly isAccepted: boolean;
  /** As it came; undefined where it was too long or too deep to be kept whole. */
  readonly item: unknown;
  /** The text as far as it was kept. */
  readonly text: string;
}

interface Deps {
  readonly table: Table;
  readonly keyring: Keyring;
}

/** How many are kept of which cause, in the order of their names. */
export async function readTallies(table: Table): Promise<ReadonlyMap<string, Tally>> {
  const { pk } = keys.quarantineTally('', '');
  const tallies = new Map<string, Tally>();
  for await (const item of everyItemOf(table, { table: 'control', pk })) {
    const tally = tallyOf(item);
    if (!(tally.count > 0)) continue;
    const cause = String(item.value['cause']);
    const known = tallies.get(cause);
    tallies.set(cause, known === undefined ? tally : together(known, tally));
  }
  return tallies;
}

const together = (a: Tally, b: Tally): Tally => ({
  count: a.count + b.count,
  since: a.since < b.since ? a.since : b.since,
  last: a.last > b.last ? a.last : b.last,
});

/** A page of what is kept of a cause, opened, in no order that means anything. */
export async function readKept(
  deps: Deps,
  cause: string,
  page: { readonly limit: number; readonly cursor?: string | undefined },
): Promise<{ readonly kept: readonly Kept[]; readonly cursor: string | undefined }> {
  const { pk } = keys.quarantined(cause, '');
  const { items, cursor } = await deps.table.query({ table: 'control', pk, ...page });
  return { kept: await Promise.all(items.map((item) => opened(deps.keyring, cause, item))), cursor };
}

/** One of them. Throws NotFound where it is gone: mended, thrown away, or never there. */
export async function readOneKept({ table, keyring }: Deps, cause: string, id: string): Promise<Kept> {
  const item = await table.get(keys.quarantined(cause, id));
  if (item === undefined) throw new NotFound(`item of '${cause}' in quarantine`, id);
  return opened(keyring, cause, item);
}

async function opened(keyring: Keyring, cause: string, { sk, value }: Item): Promise<Kept> {
  const text = await keyring.open(QUARANTINE_OWNER, String(value['sealed']));
  const beside = value['beside'];
  const { detail, sentAt } = (
    typeof beside === 'string' ? JSON.parse(await keyring.open(QUARANTINE_OWNER, beside)) : {}
  ) as { detail?: string; sentAt?: string };
  return {
    cause,
    id: sk,
    at: String(value['at']),
    source: String(value['source']),
    path: String(value['path']),
    detail,
    sentAt,
    quiet: value['quiet'] as Quiet | undefined,
    stores: value['stores'] as readonly string[] | undefined,
    isAccepted: value['accepted'] === true,
    item: value['cut'] === true ? undefined : parsed(text),
    text,
  };
}

/** What was kept before cuts were marked may end in the middle. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
