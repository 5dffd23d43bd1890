import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import type { Status } from '../../shared/application/customers/status.ts';
import { profilesOf } from '../../shared/application/identity/decide.ts';
import type { ImportReport } from '../../shared/application/import/import-report.ts';
import type { ReplayReport } from '../../shared/application/ingest/replay-events.ts';
import { aMappingFile, aRow, type Row } from '../builders/receipt-csv.ts';
import { clientele, clienteleJson } from '../support/command-line.ts';
import { eventually } from '../support/eventually.ts';
import { temporaryDirectory } from '../support/local-host.ts';

const RECEIPTS = 6_000;

/** Sales of members and strangers, and returns of goods bought before, over a month. */
function aHistory(folder: string): { readonly file: string; readonly map: string } {
  const rows: Row[] = Array.from({ length: RECEIPTS }, (_, n) =>
    aRow({
      Receipt: n % 50 === 49 ? `R${n}` : String(n),
      Article: `SKU-${n % 7}`,
      Pieces: n % 50 === 49 ? '-1' : '2',
      Time: `2026-01-${String(1 + (n % 28)).padStart(2, '0')} 10:00:00`,
      Card: n % 3 === 0 ? '' : `M-${n % 400}`,
    }),
  );
  const header = Object.keys(aRow());
  const lines = rows.map((row) => header.map((name) => row[name]).join(','));
  const [file, map] = [join(folder, 'history.csv'), join(folder, 'map.json')];
  writeFileSync(file, [header.join(','), ...lines, ''].join('\n'));
  writeFileSync(map, JSON.stringify(aMappingFile));
  return { file, map };
}

function aFolder(): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  return path;
}

const stateOf = async (data: string) => {
  const { stateHash, facts, amounts } = await clienteleJson<Status>(data, 'status');
  return { stateHash, facts, amounts };
};
const DAY = 86_400_000;
const daysFromNow = (days: number): string => new Date(Date.now() + days * DAY).toISOString().slice(0, 10);
/** The day of the import is among them, also where it is midnight meanwhile. */
const [yesterday, tomorrow] = [daysFromNow(-1), daysFromNow(1)];
const window = ['--from', yesterday, '--to', tomorrow];
const replay = (data: string, ...more: string[]) =>
  clienteleJson<ReplayReport>(data, 'replay', ...window, ...more);

let imported: string;
let history: ReturnType<typeof aHistory>;
let before: Awaited<ReturnType<typeof stateOf>>;

beforeAll(async () => {
  const { path, remove } = temporaryDirectory();
  imported = path;
  history = aHistory(path);
  const report = await clienteleJson<ImportReport>(
    path,
    'import',
    'receipts',
    history.file,
    '--map',
    history.map,
  );
  expect(report).toMatchObject({ accepted: RECEIPTS, refusedByCode: {} });
  before = await stateOf(path);
  return remove;
}, 60_000);

describe('clientele replay', () => {
  it('changes nothing where nothing was lost', async () => {
    const report = await replay(imported);

    expect(report).toMatchObject({ read: RECEIPTS, republished: RECEIPTS, unreadable: 0, rebuild: false });
    expect(await stateOf(imported)).toEqual(before);
  });

  it('makes the records again where the database was lost, from the files and the secrets', async () => {
    const data = aFolder();
    cpSync(imported, data, { recursive: true });
    for (const end of ['', '-wal', '-shm']) rmSync(join(data, `clientele.db${end}`), { force: true });

    expect(await replay(data)).toMatchObject({ republished: RECEIPTS, rebuild: true });

    expect(await stateOf(data)).toEqual(before);
  });

  it('takes those of one customer, with all its profiles', async () => {
    const machine = openMachine(openDataDirectory(imported), { durable: false });
    const profile = machine.keyring.profileId('member', 'M-1');
    const [customer = ''] = await profilesOf(machine.table, profile);
    machine.close();

    const { republished } = await replay(imported, '--customer', customer, '--dry-run');

    // Every 400th receipt, and two in three of them.
    expect(republished).toBe(
      Array.from({ length: RECEIPTS }, (_, n) => n).filter((n) => n % 400 === 1 && n % 3 > 0).length,
    );
  });

  it('says in words what it would do', async () => {
    const { stdout, stderr } = await clientele(
      imported,
      'replay',
      ...window,
      '--dry-run',
      '--source',
      'import',
    );

    expect(stdout).toMatch(
      /^6000 events in \d+ files read, 6000 would go to the fold: sale\.recorded 5880, return\.recorded 120\.\n$/,
    );
    expect(stderr).toMatch(/^\d{4}-\d\d-\d\d: 500 read, 500 would go to the fold so far/);
  });

  it.each([
    [['--from', 'yesterday', '--to', tomorrow], /'yesterday' is no day such as/],
    [['--from', tomorrow, '--to', `${yesterday}T10:00:00Z`], /^empty-window: /],
    [[...window, '--customer', 'ada'], /'ada' is no id of a customer/],
    [['--from', yesterday], /--to/],
  ])('says what is wrong with %j', async (args, complaint) => {
    const { code, stderr } = await clientele(imported, 'replay', ...args);

    expect(code).toBe(1);
    expect(stderr).toMatch(complaint);
  });
});

describe('an import that was killed', () => {
  const spawned = (data: string): ChildProcess =>
    spawn(
      process.execPath,
      [
        'bin/clientele.ts',
        '--data',
        data,
        'import',
        'receipts',
        history.file,
        '--map',
        history.map,
        '--json',
      ],
      { stdio: 'ignore' },
    );
  const countOf = async (data: string): Promise<number> => {
    const status = await clienteleJson<Status>(data, 'status').catch(() => undefined);
    return Object.values(status?.facts ?? {}).reduce((sum, count) => sum + count, 0);
  };

  it('and begun again changes nothing of what was taken, and ends the same', async () => {
    const data = aFolder();
    const dying = spawned(data);
    await eventually(
      () => countOf(data),
      (count) => count > 100,
    );
    dying.kill('SIGKILL');
    await once(dying, 'exit');
    const half = await countOf(data);

    const again = await clienteleJson<ImportReport>(
      data,
      'import',
      'receipts',
      history.file,
      '--map',
      history.map,
    );

    expect(half).toBeLessThan(RECEIPTS);
    expect(again.accepted + again.duplicates).toBe(RECEIPTS);
    expect(again.duplicates).toBeGreaterThan(0);
    expect(await stateOf(data)).toEqual(before);
  });
});
