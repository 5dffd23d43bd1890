import { describe, expect, it } from 'vitest';
import { lazily } from '../../../../functions/_shell/lazily.ts';

describe('something that is made lazily', () => {
  it('is made once, at its first use', () => {
    let made = 0;
    const count = lazily(() => {
      made += 1;
      return made;
    });

    expect(made).toBe(0);
    expect([count(), count()]).toEqual([1, 1]);
  });

  it('is made again when it could not be made', async () => {
    let attempts = 0;
    const secret = lazily(async () => {
      attempts += 1;
      if (attempts === 1) throw new Error('away');
      return 'secret';
    });

    await expect(secret()).rejects.toThrow('away');
    await expect(secret()).resolves.toBe('secret');
    expect(attempts).toBe(2);
  });

  it('is made again when making it threw at once', () => {
    let attempts = 0;
    const value = lazily(() => {
      attempts += 1;
      if (attempts === 1) throw new Error('not yet');
      return 'there';
    });

    expect(value).toThrow('not yet');
    expect(value()).toBe('there');
  });
});
