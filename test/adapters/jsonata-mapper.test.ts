import { describe, expect, it } from 'vitest';
import { jsonataMapper } from '../../shared/adapters/jsonata/jsonata-mapper.ts';
import { mapperContract } from '../contract/mapper.contract.ts';

mapperContract('JSONata in a thread', jsonataMapper);

describe('JSONata in a thread', () => {
  it('lets only so many wait, and takes more as soon as there is room', async () => {
    const mapper = jsonataMapper({ millis: 1_000, waiting: 2 });
    const taken = [mapper.map('1', {}), mapper.map('2', {})];

    await expect(mapper.map('3', {})).rejects.toMatchObject({ code: 'mapper-busy', retryable: true });
    expect(await Promise.all(taken)).toEqual([1, 2]);
    expect(await mapper.map('3', {})).toBe(3);
  });
});
