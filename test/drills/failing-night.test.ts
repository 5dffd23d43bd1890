import { StopExecutionCommand } from '@aws-sdk/client-sfn';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { aWeek } from './support/a-week.ts';
import { readBooks } from './support/books.ts';
import { held, refused, refusedFile } from './support/faults.ts';
import { between } from './support/functions.ts';
import {
  currentNight,
  ended,
  failedAttempts,
  nightRun,
  redriveNight,
  startNight,
  waitOnly,
} from './support/night.ts';
import { drilledQueue } from './support/queues.ts';
import { chance, type DrillStage, drill, openDrillStage } from './support/stage.ts';

const [FIRST, SECOND, THIRD] = ['2026-04-10', '2026-04-11', '2026-04-12'] as const;
const SHARD = 3;
/** As often as the state machine tries a step. */
const ATTEMPTS = 5;

const forbidden = refusedFile('AccessDenied', 403);

drill('a night whose steps fail', () => {
  let stage: DrillStage;
  let faults: Awaited<ReturnType<typeof between>>;
  let restoreWaits: () => Promise<void>;

  beforeAll(async () => {
    stage = await openDrillStage();
    restoreWaits = await waitOnly(stage, 0.01);
    const steps = ['night/snapshot', 'night/fit', 'night/score', 'night/publish'] as const;
    faults = await between(stage, steps, ['dynamodb', 's3']);
  });
  afterEach(() => faults.clear());
  afterAll(async () => {
    await faults?.leave();
    await restoreWaits?.();
  });

  it('twice each and then pass is done, and its report is that of a calm night', async () => {
    const random = chance('night');
    await stage.send(aWeek(`night-${random.whole(0, 1e9)}`, 40, random));
    await drilledQueue(stage, 'customers/fold-events').drained();
    const isShard = ({ body }: { readonly body: string }) => JSON.parse(body).Segment === SHARD;
    faults.plant({ on: 'Scan', where: isShard, times: 2, fault: refused('AccessDeniedException') });
    faults.plant({ on: /^PUT .*\/model\.json$/, times: 2, fault: forbidden });
    faults.plant({ on: new RegExp(`^GET .*/rows/0000${SHARD}\\.ndjson$`), times: 2, fault: forbidden });

    const execution = await startNight(stage, FIRST);

    expect(await ended(stage, execution)).toBe('SUCCEEDED');
    expect(await failedAttempts(stage, execution)).toEqual({ single: 2, snapshot: 2, score: 2 });
    const night = await nightRun(stage, FIRST);
    const { customers } = (await readBooks(stage)).status;
    const report = { ...night?.report };
    expect({ ...night, report }).toMatchObject({ status: 'done', report: { customers, scored: customers } });
    expect(Object.values(report.lifecycle ?? {}).reduce((sum, count) => sum + count, 0)).toBe(customers);
    faults.clear();
    expect(await ended(stage, await startNight(stage, FIRST))).toBe('SUCCEEDED');
    expect((await nightRun(stage, FIRST))?.report).toEqual({ ...report, moved: 0 });
  });

  it('for good is marked failed, the one before it keeps counting, and redriven it is done', async () => {
    const before = await currentNight(stage);
    faults.plant({ on: /^GET .*\/tallies\//, fault: forbidden });

    const execution = await startNight(stage, SECOND);

    expect(await ended(stage, execution)).toBe('FAILED');
    const failed = await eventually(
      () => nightRun(stage, SECOND),
      (run) => run?.status === 'failed',
    );
    expect(failed?.reason).toMatch(/^FAILED/);
    expect(await failedAttempts(stage, execution)).toEqual({ single: ATTEMPTS });
    expect(await currentNight(stage)).toBe(before);
    faults.clear();
    expect(await ended(stage, await redriveNight(stage, execution, SECOND))).toBe('SUCCEEDED');
    expect(await nightRun(stage, SECOND)).toMatchObject({
      status: 'done',
      report: { moved: expect.any(Number) },
    });
    expect(await currentNight(stage)).toBe(SECOND);
  });

  it('and that somebody stops is marked failed too', async () => {
    const before = await currentNight(stage);
    const call = held('before');
    faults.plant({ on: 'Scan', times: 1, fault: call.fault });

    const execution = await startNight(stage, THIRD);
    await call.arrived;
    await stage.clients.sfn.send(new StopExecutionCommand({ executionArn: execution }));
    call.release();

    const stopped = await eventually(
      () => nightRun(stage, THIRD),
      (run) => run?.status === 'failed',
    );
    expect(stopped?.reason).toMatch(/^ABORTED/);
    expect(await currentNight(stage)).toBe(before);
  });
});
