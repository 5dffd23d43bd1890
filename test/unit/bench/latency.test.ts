import { describe, expect, it } from 'vitest';
import { latencyOf } from '../../../bench/kit/latency.ts';

describe('latency of answers', () => {
  it('is read at the nearest rank, whatever order they came in', () => {
    const millis = Array.from({ length: 199 }, (_, n) => ((n * 37) % 199) + 1);

    expect(latencyOf(millis)).toEqual({ count: 199, p50: 100, p95: 190, p99: 198, most: 199 });
  });

  it('of one answer is that answer', () => {
    expect(latencyOf([7])).toEqual({ count: 1, p50: 7, p95: 7, p99: 7, most: 7 });
  });
});
