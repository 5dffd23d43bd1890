import { describe, expect, it } from 'vitest';
import { jsonataMapper } from '../../shared/adapters/jsonata/jsonata-mapper.ts';
import { mapperContract } from '../contract/mapper.contract.ts';

// More time than in earnest, so that a busy machine does not stop what fails in another way.
mapperContract('JSONata in a thread', () => jsonataMapper({ millis: 5_000, waiting: 100 }));

describe('JSONata in a thread', () => {
  it('lets only so many runs of one mapping wait, and takes more as soon as there is room', async () => {
    const mapper = jsonataMapper({ millis: 5_000, waiting: 2 });
    const taken = [1, 2, 3].map((n) => mapper.map('n', { n }));

    await expect(mapper.map('n', { n: 4 })).rejects.toMatchObject({ code: 'mapper-busy', retryable: true });
    expect(await mapper.map('n + 1', { n: 4 })).toBe(5);
    expect(await Promise.all(taken)).toEqual([1, 2, 3]);
    expect(await mapper.map('n', { n: 4 })).toBe(4);
  });

  it('takes turns, so that one mapping that is always too slow holds others up for two runs at most', async () => {
    // A quick one is in time on a busy machine too.
    const mapper = jsonataMapper({ millis: 1_000, waiting: 100 });
    let stopped = 0;
    const slow = Array.from({ length: 4 }, () =>
      mapper.map(`$match("${'a'.repeat(60)}!", /^(a+)+$/)`, {}).catch(() => {
        stopped += 1;
      }),
    );

    expect(await mapper.map('"quick"', {})).toBe('quick');
    expect(stopped).toBeLessThanOrEqual(2);
    await Promise.all(slow);
  });

  it('keeps nobody waiting for ever behind a mapping that loops: who waited too long is told to come again', async () => {
    const mapper = jsonataMapper({ millis: 200, waiting: 100, patience: 500 });
    const slow = Array.from({ length: 30 }, () =>
      mapper.map(`$match("${'a'.repeat(60)}!", /^(a+)+$/)`, {}).catch(({ code }) => code),
    );
    const began = Date.now();

    expect(new Set(await Promise.all(slow))).toEqual(new Set(['mapping-too-long', 'mapper-busy']));
    expect(Date.now() - began).toBeLessThan(5_000);
    expect(await mapper.map('"quick"', {})).toBe('quick');
  });
});
