import { afterEach, describe, expect, it } from 'vitest';
import { groupsOf } from '../../shared/domain/kernel/groups.ts';
import { aReceipt } from '../builders/a-receipt.ts';
import { clienteleJson } from '../support/command-line.ts';
import { eventually } from '../support/eventually.ts';
import { type RunningHost, startLocalHost, temporaryDirectory } from '../support/local-host.ts';

interface Results {
  readonly results?: readonly { readonly status: string }[];
}
interface Status {
  readonly facts: Readonly<Record<string, number>>;
  readonly pending: Readonly<Record<string, number>>;
  readonly amounts: { readonly EUR: { readonly net: number } };
}

const directories: { remove(): void }[] = [];
afterEach(() => {
  for (const directory of directories.splice(0)) directory.remove();
});
const aDirectory = (): string => {
  const directory = temporaryDirectory();
  directories.push(directory);
  return directory.path;
};

/** Sends receipts on four lines at once until the host fails; answers how many were accepted by then. */
async function sendUntilItFails(
  host: RunningHost,
  events: readonly unknown[],
  onAccepted: (accepted: number) => void = () => undefined,
): Promise<{ accepted: number; lastStatus: number | 'no answer' }> {
  const batches = groupsOf(events, BATCH);
  let accepted = 0;
  const line = async (): Promise<number | 'no answer'> => {
    for (let batch = batches.shift(); batch !== undefined; batch = batches.shift()) {
      const answer = await host.send<Results>(batch).catch(() => undefined);
      if (answer === undefined) return 'no answer';
      if (answer.status !== 202) return answer.status;
      accepted += answer.body.results?.filter(({ status }) => status === 'accepted').length ?? 0;
      onAccepted(accepted);
    }
    return 202;
  };
  const statuses = await Promise.all(Array.from({ length: LINES }, line));
  return { accepted, lastStatus: statuses.find((status) => status !== 202) ?? 202 };
}

const BATCH = 20;
const LINES = 4;

/** Starts the host again, as the shop's keeper would, and stops it when nothing is waiting any more. */
async function foldTheRest(path: string): Promise<void> {
  const host = await startLocalHost(path);
  await eventually(
    () => clienteleJson<Status>(path, 'status'),
    ({ pending }) => Object.values(pending).every((count) => count === 0),
  );
  await host.stop();
}

const receipts = (count: number) =>
  Array.from({ length: count }, (_, index) => aReceipt({ ids: { member: `M-${index % 37}` }, amount: 100 }));

describe('a process that is killed', () => {
  it.each([200, 1_000, 2_500])(
    'after %i receipts loses nothing it had accepted and doubles nothing',
    async (enough) => {
      const path = aDirectory();
      const events = receipts(20_000);
      const first = await startLocalHost(path);
      const { accepted, lastStatus } = await sendUntilItFails(first, events, (sofar) => {
        if (sofar >= enough) void first.kill();
      });
      expect(lastStatus).toBe('no answer');

      await foldTheRest(path);

      // A batch may have been kept whose answer was lost on the way: more than was answered, never less.
      const { facts, amounts } = await clienteleJson<Status>(path, 'status');
      const kept = facts['sale.recorded'] ?? 0;
      expect(kept).toBeGreaterThanOrEqual(accepted);
      expect(kept).toBeLessThanOrEqual(accepted + LINES * BATCH);
      expect(amounts.EUR.net).toBe(kept * 100);
    },
  );
});

describe('a disk that is full', () => {
  it('is answered 503, and what was accepted before is all there', async () => {
    const path = aDirectory();
    const cramped = await startLocalHost(path, { mostFileKb: 3_000 });

    const { accepted, lastStatus } = await sendUntilItFails(cramped, receipts(20_000));

    expect(lastStatus).toBe(503);
    const refused = await cramped.send<{ code: string }>(receipts(20));
    expect(refused.body.code).toBe('store-unavailable');
    expect(refused.headers.get('retry-after')).toBe('5');
    await cramped.kill();

    await foldTheRest(path);
    const { facts, amounts } = await clienteleJson<Status>(path, 'status');
    expect(facts['sale.recorded']).toBe(accepted);
    expect(amounts.EUR.net).toBe(accepted * 100);
  });
});
