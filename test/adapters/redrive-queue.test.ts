import { beforeEach, describe, expect, it } from 'vitest';
import { redriveQueue } from '../../ops/redrive/redrive-queue.ts';
import { type FakeSqs, fakeSqs } from './fake-sqs.ts';

const DEAD = 'https://sqs/dead';
const WORK = 'https://sqs/work';

let sqs: FakeSqs;

beforeEach(() => {
  sqs = fakeSqs();
});

const redrive = (dryRun = false) =>
  redriveQueue({ sqs: sqs.client, from: DEAD, to: WORK, logs: '/clientele/test/part' }, { dryRun });
const letters = (count: number) =>
  Array.from({ length: count }, (_, n) =>
    JSON.stringify({ 'detail-type': 'events.accepted', detail: { n } }),
  );

describe('letters of a consumer', () => {
  it('go back to its work queue as they came, however many there are', async () => {
    const all = letters(25);
    for (const letter of all) sqs.put(DEAD, letter);

    const redriven = await redrive();

    expect(redriven).toMatchObject({ letters: 25, sent: 25, failed: 0 });
    expect(sqs.bodies(WORK).toSorted()).toEqual(all.toSorted());
    expect(sqs.bodies(DEAD)).toEqual([]);
  });

  it('are none where nothing gave up', async () => {
    expect(await redrive()).toEqual({ letters: 0, sent: 0, failed: 0, reasons: {}, notes: [] });
  });

  it('say why they had given up where EventBridge attached it, else where that stands', async () => {
    sqs.put(DEAD, 'a', { ERROR_CODE: 'NO_PERMISSIONS' });
    sqs.put(DEAD, 'b', { ERROR_CODE: 'NO_PERMISSIONS' });
    sqs.put(DEAD, 'c');

    const { reasons, notes } = await redrive();

    expect(reasons).toEqual({ NO_PERMISSIONS: 2, unknown: 1 });
    expect(notes).toEqual(['Why the consumer gave up stands in the log group /clientele/test/part.']);
  });

  it('are only counted by a dry run, and are in sight again after it', async () => {
    for (const letter of letters(25)) sqs.put(DEAD, letter, { ERROR_CODE: 'THROTTLED' });

    expect(await redrive(true)).toEqual({
      letters: 25,
      sent: 25,
      failed: 0,
      reasons: { THROTTLED: 25 },
      notes: [],
    });

    expect(sqs.bodies(DEAD)).toHaveLength(25);
    expect(sqs.hidden(DEAD)).toBe(0);
    expect(sqs.bodies(WORK)).toEqual([]);
  });
});

describe('a letter that cannot go back', () => {
  it('stays, and is in sight again; the others go', async () => {
    for (const letter of letters(12)) sqs.put(DEAD, letter);
    const stuck = letters(12)[7];
    sqs.onSend((_, body) => body !== stuck);

    expect(await redrive()).toMatchObject({ letters: 12, sent: 11, failed: 1 });

    expect(sqs.bodies(DEAD)).toEqual([stuck]);
    expect(sqs.hidden(DEAD)).toBe(0);
  });

  it('is deleted only after it was sent: where deleting fails it is in both queues, and in sight', async () => {
    sqs.put(DEAD, 'letter');
    sqs.onDelete(() => false);

    await expect(redrive()).rejects.toThrow('refused');

    expect(sqs.bodies(WORK)).toEqual(['letter']);
    expect(sqs.bodies(DEAD)).toEqual(['letter']);
    expect(sqs.hidden(DEAD)).toBe(0);
  });
});

describe('what fails again while letters go back', () => {
  it('is not sent round', async () => {
    for (const letter of letters(15)) sqs.put(DEAD, letter);
    let sent = 0;
    sqs.onSend(() => {
      sent += 1;
      return true;
    });

    // A consumer that fails at once: what is sent to it is a dead letter again, with the time of that sending.
    const poisoned = redriveQueue({ sqs: sqs.client, from: DEAD, to: DEAD, logs: '' }, { dryRun: false });

    expect(await poisoned).toMatchObject({ letters: 15, sent: 15 });

    expect(sent).toBe(15);
    expect(sqs.bodies(DEAD)).toHaveLength(15);
    expect(sqs.hidden(DEAD)).toBe(0);
  });

  it('does not keep the command going for ever when letters that it holds come back into sight', async () => {
    for (const letter of letters(15)) sqs.put(DEAD, letter);
    sqs.onSend(() => {
      sqs.letTimePass();
      return false;
    });

    const { sent, letters: seen } = await redrive();

    expect(sent).toBe(0);
    expect(seen).toBeLessThanOrEqual(15);
    expect(sqs.bodies(DEAD)).toHaveLength(15);
  });
});
