import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { openDataDirectory } from '../../local/data-directory.ts';
import { openMachine } from '../../local/machine.ts';
import type { DrillReport } from '../../ops/restore/drill.ts';
import type { Backlog, Redriven } from '../../ops/site.ts';
import type { Status } from '../../shared/application/customers/status.ts';
import type { AccessKey } from '../../shared/application/http/access-key.ts';
import type { GrantedKey } from '../../shared/application/http/manage-keys.ts';
import { clientele, clienteleJson, clienteleOnStage } from '../support/command-line.ts';
import { temporaryDirectory } from '../support/local-host.ts';

const FOLD = 'customers/fold-events';

/** A data directory in which some messages gave up. */
async function aDirectory({ dead = 0 } = {}): Promise<string> {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  const machine = openMachine(openDataDirectory(path), { durable: false });
  for (let count = 0; count < dead; count += 1)
    await machine.bus.publish([{ name: 'events.accepted', detail: { events: [] } }]);
  for (const { id } of machine.deliveries.take(FOLD, 100, Date.now(), 1_000))
    for (let failure = 0; failure < 5; failure += 1) machine.deliveries.fail(id, 'store-unavailable', 0);
  machine.close();
  return path;
}

describe('clientele keys', () => {
  it('grants keys side by side, lists them without secrets, and revokes one of them', async () => {
    const data = await aDirectory();

    const first = await clienteleJson<GrantedKey>(data, 'keys', 'grant', '--source', 'till-1');
    const second = await clienteleJson<GrantedKey>(data, 'keys', 'grant', '--source', 'till-1', '--signing');
    const revoked = await clienteleJson<AccessKey>(data, 'keys', 'revoke', first.key.id);
    const listed = await clientele(data, 'keys', 'list', '--json');

    expect(first).toMatchObject({ key: { kind: 'bearer', grant: { kind: 'source', name: 'till-1' } } });
    expect(second.key.kind).toBe('signing');
    expect(JSON.parse(listed.stdout)).toEqual([revoked, second.key]);
    expect(revoked.revokedAt).toBeDefined();
    expect(listed.stdout).not.toContain(first.secret);
    expect(listed.stdout).not.toContain(second.secret);
  });

  it('grants a key to a person with roles, and tells its secret once', async () => {
    const { code, stdout } = await clientele(
      await aDirectory(),
      'keys',
      'grant',
      '--person',
      'Ann',
      '--roles',
      'ops, clerk',
    );

    expect(code).toBe(0);
    expect(stdout).toMatch(/bearer {2}person Ann \(ops, clerk\).*\n.*told only now: access_\S+\n$/);
  });

  it('says what is wrong and what to write instead, and ends with 1', async () => {
    const { code, stderr } = await clientele(
      await aDirectory(),
      'keys',
      'grant',
      '--person',
      'Ann',
      '--roles',
      'king',
    );

    expect(code).toBe(1);
    expect(stderr).toMatch(/^invalid-field: .*marketer, analyst, clerk, privacy, ops/);
  });
});

describe('clientele redrive', () => {
  it('tells what would go, and sends it back', async () => {
    const data = await aDirectory({ dead: 2 });
    const redrive = (...more: string[]) => clienteleJson<Redriven>(data, 'redrive', FOLD, ...more);
    const told = {
      part: FOLD,
      letters: 2,
      sent: 2,
      failed: 0,
      reasons: { 'store-unavailable': 2 },
      notes: [],
    };

    expect(await redrive('--dry-run')).toEqual({ ...told, dryRun: true });
    expect(await redrive()).toEqual({ ...told, dryRun: false });
    const { pending, dead } = await clienteleJson<Status & Backlog>(data, 'status');
    expect([pending[FOLD], dead[FOLD]]).toEqual([2, 0]);
  });

  it('says in words what it did, and why they had given up', async () => {
    const { stdout } = await clientele(await aDirectory({ dead: 2 }), 'redrive', FOLD);

    expect(stdout).toBe(
      `2 letter(s) of ${FOLD}; 2 message(s) went back to work.\nThey had given up for: store-unavailable 2.\n`,
    );
  });

  it('knows the parts, and lists them to whoever names another', async () => {
    const data = await aDirectory();

    expect((await clientele(data, 'redrive', 'night')).stdout).toContain(
      'night has no dead letters on one machine',
    );
    const { code, stderr } = await clientele(data, 'redrive', 'nonsense');
    expect(code).toBe(1);
    expect(stderr).toContain('customers/fold-events, ingest/archive-events, ingest/watch-feeds');
  });
});

describe('clientele drill restore', () => {
  it('copies, compares and says what else a recovery needs', async () => {
    const data = await aDirectory();
    await clientele(data, 'keys', 'grant', '--source', 'till-1');

    const report = await clienteleJson<DrillReport>(data, 'drill', 'restore');
    const { stdout } = await clientele(data, 'drill', 'restore');

    // The key, and the settings that stay for life.
    expect(report).toMatchObject({ verdict: 'equal', copy: { items: { control: 2 } } });
    expect(stdout).toContain('Good: the copy is what stood then.');
    expect(stdout).toContain('secrets.json');
  });
});

describe('the place of a command', () => {
  const { path: nowhere, remove } = temporaryDirectory();
  afterAll(remove);

  it('is either a data directory or a stage', async () => {
    const { code, stderr } = await clientele(nowhere, '--stage', 'europe', 'status');

    expect(code).toBe(1);
    expect(stderr).toMatch(/^two-places: --stage and --data/);
  });

  it('is a data directory for what one machine alone can do', async () => {
    const { code, stderr } = await clienteleOnStage(
      'europe',
      'import',
      'receipts',
      'a.csv',
      '--map',
      'online-retail',
    );

    expect(code).toBe(1);
    expect(stderr).toMatch(/^not-on-a-stage: /);
  });

  it('is not made by a command that only looks', async () => {
    const { code, stderr } = await clientele(`${nowhere}/none`, 'status');

    expect(code).toBe(1);
    expect(stderr).toMatch(/^no-data: .*--stage/);
  });
});
