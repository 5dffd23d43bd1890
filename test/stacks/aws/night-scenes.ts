import { expect, it } from 'vitest';
import { files } from '../../../shared/application/night/files.ts';
import type { Driver } from './driver.ts';
import { STRAY, sale, yesterday } from './shop.ts';

const rule = { trait: 'orders', atLeast: 2 };

/** What the night finds, and who asks for it. */
export function nightScenes(at: () => Driver): void {
  it('passes the night, step by step as the state machine does', async () => {
    const { aws, call, passNight } = at();
    const asked = await aws.invoke('night/check', {});

    await passNight();

    expect(asked).toMatchObject({ status: 'missing' });
    const { body } = await call('getRun', { params: { asOf: yesterday } });
    expect(body).toMatchObject({ asOf: yesterday, status: 'done', report: { customers: 21 } });
    expect((await call('listRuns')).body.current).toBe(yesterday);
    const scored = await call('lookUpCustomer', { body: { member: 'm-7' } });
    expect(scored.body.score.rfm.frequency).toBeGreaterThan(1);
  });

  it('takes back the score of a customer who turned out to be part of another', async () => {
    const { aws, call, send, passNight } = at();
    const before = await call('lookUpCustomer', { body: { phone: STRAY } });
    await send(sale({ member: 'm-19', phone: STRAY }, 'r-together', 2));
    await aws.settle();

    await passNight();

    const after = await call('lookUpCustomer', { body: { phone: STRAY } });
    expect(before.body.score).toBeDefined();
    expect(after.body.id).not.toBe(before.body.id);
    expect((await call('getRun', { params: { asOf: yesterday } })).body.report.customers).toBe(20);
  });

  it.each(['fit', 'score', 'publish'] as const)(
    'says that files are missing when %s finds none',
    async (step) => {
      const run = { asOf: '2020-01-01', shards: 1 };
      const input = step === 'score' ? { run, shard: 0 } : run;

      await expect(at().aws.invoke(`night/${step}`, input)).rejects.toThrow('not-found');
    },
  );

  it('looks after the night, and marks one that ended badly', async () => {
    const { aws, call } = at();

    await aws.invoke('night/fail', {
      detail: { status: 'TIMED_OUT', input: JSON.stringify({ asOf: '2026-01-05' }) },
    });
    await aws.invoke('night/check', {});

    const { body } = await call('getRun', { params: { asOf: '2026-01-05' } });
    expect(body).toMatchObject({ status: 'failed', reason: 'TIMED_OUT' });
  });

  it('estimates and keeps a segment', async () => {
    const { call } = at();

    const estimate = await call('estimateSegment', { body: { rule } });
    const kept = await call('putSegment', { params: { id: 'repeaters' }, body: { name: 'Repeaters', rule } });

    expect(estimate.body).toMatchObject({ exact: true, population: 20 });
    expect(kept.status).toBe(200);
    expect((await call('listSegments')).body.segments).toHaveLength(1);
    expect((await call('getSegment', { params: { id: 'repeaters' } })).body).toEqual(kept.body);
  });

  it('says so when the sample of the night is gone', async () => {
    const { aws, call } = at();
    const sample = files.sample({ asOf: yesterday }, 0);
    const kept = aws.seen.objects.get(sample) ?? Buffer.of();
    aws.seen.objects.delete(sample);

    const { body } = await call('estimateSegment', { body: { rule } });

    aws.seen.objects.set(sample, kept);
    expect(body.code).toBe('not-found');
  });
}
