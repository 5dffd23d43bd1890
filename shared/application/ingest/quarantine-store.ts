import { keys } from '../../contracts/keys.ts';
import type { Quiet } from '../../domain/events/quiet.ts';
import { ClienteleError, NotFound } from '../../domain/kernel/errors.ts';
import type { Keyring } from '../../ports/keyring.ts';
import type { Item, Table, Value } from '../../ports/table.ts';
import { everyItemOf } from '../customers/every-item.ts';
import { openText, partsOf, QUARANTINE_OWNER } from './kept-text.ts';
import { typeOf } from './quarantine.ts';
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
  /** The dialect it came in, else the type of the event, as it said itself. */
  readonly type: string | undefined;
  /** How many parts stand beside it. */
  readonly parts: number;
}

/** With its words. */
export interface KeptWhole extends Kept {
  /** As it came; undefined where it was too long or too deep to be kept whole, or cannot be opened any more. */
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

interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

interface Listed<Of> {
  readonly kept: readonly Of[];
  readonly cursor: string | undefined;
}

/** A page of what is kept of a cause, in no order that means anything. What has parts is not opened for it. */
export const listKept = (deps: Deps, cause: string, page: Page): Promise<Listed<Kept>> =>
  pageOf(deps, cause, page, (item) =>
    partsOf(item.value) === 0 ? opened(deps, cause, item) : described(deps, cause, item),
  );

/** The same, opened. */
export const readKept = (deps: Deps, cause: string, page: Page): Promise<Listed<KeptWhole>> =>
  pageOf(deps, cause, page, (item) => opened(deps, cause, item));

async function pageOf<Of>(
  { table }: Deps,
  cause: string,
  page: Page,
  read: (item: Item) => Promise<Of>,
): Promise<Listed<Of>> {
  const { pk } = keys.quarantined(cause, '');
  const { items, cursor } = await table.query({ table: 'control', pk, ...page });
  return { kept: await Promise.all(items.map(read)), cursor };
}

/** One of them. Throws NotFound where it is gone: mended, thrown away, or never there. */
export async function readOneKept(deps: Deps, cause: string, id: string): Promise<KeptWhole> {
  const item = await deps.table.get(keys.quarantined(cause, id));
  if (item === undefined) throw new NotFound(`item of '${cause}' in quarantine`, id);
  return opened(deps, cause, item);
}

async function opened(deps: Deps, cause: string, item: Item): Promise<KeptWhole> {
  const kept = await described(deps, cause, item);
  const words = await wordsOf(deps, cause, item);
  return { ...kept, type: kept.type ?? typeOf(words.item), ...words };
}

/** All but its words. */
async function described({ keyring }: Deps, cause: string, { sk, value }: Item): Promise<Kept> {
  const { detail, sentAt, type } = await besideOf(keyring, value);
  return {
    cause,
    id: sk,
    at: String(value['at']),
    source: String(value['source']),
    path: String(value['path']),
    detail,
    sentAt,
    type,
    quiet: value['quiet'] as Quiet | undefined,
    stores: value['stores'] as readonly string[] | undefined,
    isAccepted: value['accepted'] === true,
    parts: partsOf(value),
  };
}

interface Beside {
  readonly detail?: string;
  readonly sentAt?: string;
  readonly type?: string;
}

async function besideOf(keyring: Keyring, { beside }: Value): Promise<Beside> {
  if (typeof beside !== 'string') return {};
  const text = await ifReadable(keyring.open(QUARANTINE_OWNER, beside));
  return text === undefined ? {} : JSON.parse(text);
}

async function wordsOf(
  deps: Deps,
  cause: string,
  { sk: id, value }: Item,
): Promise<{ item: unknown; text: string }> {
  const text = await ifReadable(openText(deps, { cause, id, value }));
  const isWhole = text !== undefined && value['cut'] !== true;
  return { item: isWhole ? parsed(text) : undefined, text: text ?? '' };
}

/** One thing that was damaged must not hide the others: it is shown without its words, and can be thrown away. */
async function ifReadable(opening: Promise<string>): Promise<string | undefined> {
  try {
    return await opening;
  } catch (error) {
    if (error instanceof ClienteleError && !error.retryable) return undefined;
    throw error;
  }
}

/** What was kept before cuts were marked may end in the middle. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
