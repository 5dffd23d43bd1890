import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflated } from '../../../../shared/adapters/inflate.ts';

const MOST = 1_000_000;
const textOf = (body: string | Uint8Array): string => Buffer.from(body).toString();

describe('a body that was packed', () => {
  it('comes out as it went in, whatever it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        expect(textOf(await inflated(gzipSync(text), 'gzip', MOST))).toBe(text);
      }),
    );
  });

  it.each([undefined, '', 'identity', ' Identity '])(
    'was not, where the header says %j',
    async (encoding) => {
      expect(await inflated('{}', encoding, MOST)).toBe('{}');
    },
  );

  it.each(['gzip', 'GZIP', 'x-gzip'])('is known by %s', async (encoding) => {
    expect(textOf(await inflated(gzipSync('{}'), encoding, MOST))).toBe('{}');
  });

  it('may be as large as allowed, and not a byte larger', async () => {
    expect(await inflated(gzipSync('x'.repeat(MOST)), 'gzip', MOST)).toHaveLength(MOST);
    await expect(inflated(gzipSync('x'.repeat(MOST + 1)), 'gzip', MOST)).rejects.toMatchObject({
      code: 'batch-too-large',
    });
  });

  it('is given up early where a small one holds 300 MB', async () => {
    const bomb = gzipSync(Buffer.alloc(300_000_000));
    const before = process.memoryUsage().rss;

    await expect(inflated(bomb, 'gzip', MOST)).rejects.toMatchObject({ code: 'batch-too-large' });
    expect(process.memoryUsage().rss - before).toBeLessThan(50_000_000);
  });

  it.each([
    ['plain text', Buffer.from('{"type":"track"}')],
    ['half of it', gzipSync('x'.repeat(5_000)).subarray(0, 20)],
    ['nothing', Buffer.alloc(0)],
  ])('is refused where it is none: %s', async (_what, body) => {
    await expect(inflated(body, 'gzip', MOST)).rejects.toMatchObject({ code: 'malformed-gzip' });
  });

  it.each(['br', 'deflate', 'gzip, gzip'])('is refused where nobody can unpack it: %s', async (encoding) => {
    await expect(inflated('{}', encoding, MOST)).rejects.toMatchObject({ code: 'unsupported-encoding' });
  });
});
