import { keys } from '../../contracts/keys.ts';
import type { ShopName } from '../../domain/dialects/shop-receipts.ts';
import { ClienteleError } from '../../domain/kernel/errors.ts';
import type { ShopSource } from '../../domain/sources/source.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Shop, ShopAccess, ShopMessage } from '../../ports/shop.ts';
import type { Table } from '../../ports/table.ts';
import { type Progress, progressOf, writeProgress } from './poll-progress.ts';

/** A shop that is asked what changed, beside the webhooks that tell it. */
export interface PolledShop {
  readonly source: ShopSource;
  /** Asked for only when it is needed; its credentials lie sealed. */
  readonly access: () => Promise<ShopAccess>;
  /** What changed before is not asked for. */
  readonly since: string;
  /** Names how it is set; another name with each time it is set. */
  readonly setting?: string | undefined;
}

interface Deps {
  readonly table: Table;
  readonly clock: Clock;
  readonly clients: Readonly<Record<ShopName, Shop>>;
  /** Takes a message as if its webhook had come. */
  readonly take: (source: ShopSource, message: ShopMessage) => Promise<unknown>;
  /** Milliseconds of this run, after which no further page is begun. */
  readonly patience: number;
}

export interface Polled {
  readonly id: string;
  readonly messages: number;
  /** The code of what went wrong. */
  readonly error?: string;
}

/** A shop may show a change some seconds after its time, and clocks differ. What was seen before is a duplicate. */
const OVERLAP_MS = 15 * 60_000;

/** As many shops at a time; others wait for these, but for no failing one longer than its patience. */
const AT_ONCE = 4;

/**
 * Asks every shop for what changed since it was last asked, so that nothing is lost while webhooks are down. How far
 * it came is kept after each page was taken; a run that is cut off goes on there, and takes some of it twice.
 */
export const pollShops =
  (deps: Deps) =>
  async (shops: readonly PolledShop[]): Promise<readonly Polled[]> => {
    const until = Date.parse(deps.clock()) + deps.patience;
    const left = [...shops];
    const done: Polled[] = [];
    const work = async (): Promise<void> => {
      for (let shop = left.shift(); shop !== undefined; shop = left.shift()) {
        done.push(await pollOne(deps, shop, until));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));
    return done;
  };

async function pollOne(
  deps: Deps,
  { source, since, access: open, setting }: PolledShop,
  until: number,
): Promise<Polled> {
  const { table, clock, clients } = deps;
  const { id, kind } = source;
  const place = keys.shopPollProgress(id);
  let progress: Progress | undefined;
  let messages = 0;
  try {
    progress = await progressOf(table, place, setting);
    const access = await open();
    // What follows the first page of a walk hangs on where the walk began.
    let walk = progress.walk ?? { since: later(progress.since, since), begun: clock() };
    while (Date.parse(clock()) < until) {
      const { messages: told, next } = await clients[kind].changed(access, walk.since, walk.page);
      for (const message of told) await deps.take(source, message);
      messages += told.length;
      if (next === undefined) {
        await writeProgress(table, place, { setting, since: before(walk.begun), lastSuccessAt: clock() });
        break;
      }
      walk = { ...walk, page: next };
      progress = { ...progress, walk };
      await writeProgress(table, place, progress);
    }
    return { id, messages };
  } catch (error) {
    const code = error instanceof ClienteleError ? error.code : 'internal';
    if (progress !== undefined) await noteFailure(table, place, failed(progress, code, clock()));
    return { id, messages, error: code };
  }
}

/** Where not even that can be written, the answer still tells it, and the other shops are asked. */
const noteFailure = (...kept: Parameters<typeof writeProgress>): Promise<void> =>
  writeProgress(...kept).catch(() => undefined);

/** A page may be forgotten by its shop, so the next run begins the walk anew. */
const failed = ({ walk: _given_up, ...progress }: Progress, code: string, at: string): Progress => ({
  ...progress,
  lastError: { code, at },
});

const before = (instant: string): string => new Date(Date.parse(instant) - OVERLAP_MS).toISOString();

const later = (a: string | undefined, b: string): string => (a !== undefined && a > b ? a : b);
