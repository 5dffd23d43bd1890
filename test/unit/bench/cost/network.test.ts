import { describe, expect, it } from 'vitest';
import { network } from '../../../../bench/cost/aws/network.ts';

const later = () => new Promise((resolve) => setImmediate(resolve));

describe('waiting for the network', () => {
  it('adds up where calls follow each other', async () => {
    const net = network();

    await net.during(5, later);
    await net.during(12, later);

    expect(net.take()).toBe(17);
    expect(net.take()).toBe(0);
  });

  it('is that of the longest where calls are under way together', async () => {
    const net = network();

    await Promise.all([net.during(5, later), net.during(12, later), net.during(5, later)]);

    expect(net.take()).toBe(12);
  });

  it('is shared among as many as were under way at most where chains of calls overlap', async () => {
    const net = network();
    const chain = async () => {
      for (let call = 0; call < 4; call += 1) await net.during(10, later);
    };

    await Promise.all([chain(), chain(), net.during(10, () => later().then(later).then(later).then(later))]);

    expect(net.take()).toBe(((4 + 4 + 1) * 10) / 3);
  });

  it('also counts for a call that failed', async () => {
    const net = network();

    await expect(net.during(5, () => Promise.reject(new Error('throttled')))).rejects.toThrow('throttled');

    expect(net.take()).toBe(5);
  });
});
