import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { differencesOf, drill, isGood } from '../../ops/restore/drill.ts';
import { restoreDatabase } from '../../ops/restore/restore-database.ts';
import type { RestoredCopy, Site } from '../../ops/site.ts';
import { keyring } from '../../shared/adapters/crypto/keyring.ts';
import { sha256 } from '../../shared/adapters/crypto/sha256.ts';
import { openDatabase } from '../../shared/adapters/local/database.ts';
import { sqliteTable } from '../../shared/adapters/local/sqlite-table.ts';
import { foldEvents } from '../../shared/application/customers/fold-events.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { StageSettings } from '../../shared/contracts/stage.ts';
import type { Table } from '../../shared/ports/table.ts';
import { aSale, profile } from '../builders/an-event.ts';

const ada = profile('ada');
const clock = () => '2026-03-15T12:00:00.000Z';

let path: string;
let table: Table;
let fold: ReturnType<typeof foldEvents>;
const stage = StageSettings.parse({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' });
let said: string[];

beforeEach(async () => {
  const directory = await mkdtemp(join(tmpdir(), 'clientele-'));
  path = join(directory, 'clientele.db');
  const database = openDatabase(path, { durable: false });
  onTestFinished(async () => {
    database.close();
    await rm(directory, { recursive: true });
  });
  table = sqliteTable(database, clock);
  fold = foldEvents({ table, clock, keyring: keyring({ master: Buffer.alloc(32, 7), table }), stage });
  await fold([aSale(1_000), aSale(250), aSale(70, { profile: profile('ben') })]);
  said = [];
});

type Meanwhile = (copy: RestoredCopy) => Promise<unknown>;

const nothing = async (): Promise<unknown> => undefined;

/** The drill, with something that happens between the copy and its reading, or before the copy. */
const drillWith = (meanwhile: Meanwhile = nothing, { keep = false, before = nothing } = {}) => {
  const site: Pick<Site, 'table' | 'digest' | 'stage' | 'restore'> = {
    table,
    digest: sha256,
    stage,
    async restore() {
      await before();
      const copy = { ...(await restoreDatabase(path, clock)), beside: ['the keys'] };
      await meanwhile(copy);
      return copy;
    },
  };
  return drill(site, { keep, say: (text) => said.push(text) });
};

describe('a copy of the database', () => {
  it('is equal when nothing happens, and is gone afterwards', async () => {
    const report = await drillWith();

    expect(report).toMatchObject({ verdict: 'equal', differences: [], asOf: clock(), beside: ['the keys'] });
    expect(report.copy.items).toEqual({ customers: 2, facts: 6, vault: 0, control: 0, outbox: 0 });
    expect(report.copy.status.amounts).toEqual({
      EUR: { gross: 1_320, returned: 0, adjustments: 0, net: 1_320 },
    });
    expect(report.audit).toBeUndefined();
    expect(isGood(report)).toBe(true);
    expect(existsSync(report.places.facts)).toBe(false);
  });

  it('is kept when somebody wants to look at it, in one file that can be opened', async () => {
    const report = await drillWith(nothing, { keep: true });
    onTestFinished(() => rm(dirname(report.places.facts), { recursive: true }));

    expect(readdirSync(dirname(report.places.facts))).toEqual(['clientele.db']);
    const kept = openDatabase(report.places.facts, { durable: false });
    onTestFinished(() => kept.close());
    expect(await sqliteTable(kept, clock).get(keys.aggregate(ada))).toBeDefined();
  });

  it('is sound when the live tables change before and after it is made', async () => {
    const sell = () => fold([aSale(5_000)]);
    const report = await drillWith(sell, { before: sell });

    expect(report.verdict).toBe('sound');
    expect(report.differences).toEqual(
      expect.arrayContaining(['items.facts', 'status.amounts.EUR.net', 'status.stateHash']),
    );
    expect(report.audit).toMatchObject({ facts: 4, findings: {} });
    expect(report.live.status.amounts['EUR']?.net).toBe(11_320);
    expect(isGood(report)).toBe(true);
  });

  it('is also equal when it is what the live tables have become', async () => {
    const report = await drillWith(async (copy) => {
      const event = aSale(5_000);
      await fold([event]);
      await foldEvents({
        table: copy.table,
        clock,
        keyring: keyring({ master: Buffer.alloc(32, 7), table }),
        stage,
      })([event]);
    });

    expect(report.verdict).toBe('equal');
  });

  it('is bad when it differs and nothing changed: a record is lost', async () => {
    const report = await drillWith((copy) => copy.table.commit([{ remove: keys.aggregate(ada) }]));

    expect(report).toMatchObject({ verdict: 'different', copy: { items: { customers: 1 } } });
    expect(isGood(report)).toBe(false);
    expect(existsSync(report.places.facts)).toBe(false);
  });

  it('is bad when it lacks what no count of records shows: something of the vault', async () => {
    await table.commit([{ put: keys.personal(ada, 'name'), value: { sealed: 'x', at: clock() } }]);

    const report = await drillWith((copy) => copy.table.commit([{ remove: keys.personal(ada, 'name') }]));

    expect(report).toMatchObject({ verdict: 'different', differences: ['items.vault'] });
  });

  it('is bad when the live tables change and it does not hold together', async () => {
    const report = await drillWith(async (copy) => {
      await fold([aSale(5_000)]);
      await copy.table.commit([{ put: keys.marker('event/never'), value: { digest: 'd', subject: ada } }]);
    });

    expect(report).toMatchObject({ verdict: 'unsound', audit: { findings: { 'marker-without-fact': 1 } } });
    expect(isGood(report)).toBe(false);
  });

  it('is removed when it cannot be read', async () => {
    let places: RestoredCopy['places'] | undefined;
    const broken = drillWith(async (copy) => {
      places = copy.places;
      copy.table.scan = async () => {
        throw new Error('unreadable');
      };
    });

    await expect(broken).rejects.toThrow('unreadable');
    expect(places?.facts === undefined || existsSync(places.facts)).toBe(false);
  });

  it('is not made of what is not there', async () => {
    const directory = dirname(path);
    vi.stubEnv('TMPDIR', directory);
    onTestFinished(() => void vi.unstubAllEnvs());

    await expect(restoreDatabase(join(directory, 'nothing.db'), clock)).rejects.toThrow();

    expect(readdirSync(directory).filter((name) => name.startsWith('clientele-drill-'))).toEqual([]);
  });
});

describe('differences', () => {
  it('are named by their paths, also where one side has nothing', () => {
    expect(differencesOf({ a: { b: 1, c: [1] }, d: 2 }, { a: { b: 2, c: [1] }, e: 3 })).toEqual([
      'a.b',
      'd',
      'e',
    ]);
    expect(differencesOf({ a: 1, b: {} }, { b: {}, a: 1 })).toEqual([]);
  });
});
