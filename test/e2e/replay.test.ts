import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReplayReport } from '../../shared/application/ingest/replay-events.ts';
import { aReceipt } from '../builders/a-receipt.ts';
import { clienteleOnStage } from '../support/command-line.ts';
import { E2E_STAGE } from '../support/e2e-target.ts';
import { type Host, startHost } from '../support/host.ts';

const RECEIPTS = 5;
const today = () => new Date().toISOString().slice(0, 10);

describe('somebody who replays what a stage was told today', () => {
  let host: Host;
  /** It may be another day before the replay. */
  const day = today();

  beforeAll(async () => {
    host = await startHost();
  });
  afterAll(() => host.stop());

  async function replay(source: string, ...args: readonly string[]): Promise<ReplayReport> {
    const { code, stdout, stderr } = await clienteleOnStage(
      E2E_STAGE,
      ...['replay', '--from', day, '--to', today(), '--source', source, '--json', ...args],
    );
    if (code !== 0) throw new Error(`replay ended with ${code}: ${stderr}`);
    return JSON.parse(stdout) as ReplayReport;
  }

  it('changes nothing, to the cent', async () => {
    const source = `replayed-${Date.now()}`;
    const { secret } = await host.grantKey({ kind: 'bearer', grant: { kind: 'source', name: source } });
    const sent = Array.from({ length: RECEIPTS }, () =>
      aReceipt({ at: new Date().toISOString(), ids: { member: 'M-replayed' } }),
    );
    expect((await host.send(sent, secret)).status).toBe(202);
    await host.eventually(
      () => replay(source, '--dry-run'),
      ({ read }) => read >= RECEIPTS,
    );
    const before = await host.eventually(
      () => host.status(),
      ({ facts }) => (facts['sale.recorded'] ?? 0) >= RECEIPTS,
    );

    const report = await replay(source);

    expect(report).toMatchObject({ republished: RECEIPTS, unreadable: 0 });
    expect((await host.status()).stateHash).toBe(before.stateHash);
  });
});
