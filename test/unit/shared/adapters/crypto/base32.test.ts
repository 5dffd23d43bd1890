import { describe, expect, it } from 'vitest';
import { base32 } from '../../../../../shared/adapters/crypto/base32.ts';

describe('base32', () => {
  // RFC 4648 section 10, in lower case and without padding.
  it.each([
    ['', ''],
    ['f', 'my'],
    ['fo', 'mzxq'],
    ['foo', 'mzxw6'],
    ['foob', 'mzxw6yq'],
    ['fooba', 'mzxw6ytb'],
    ['foobar', 'mzxw6ytboi'],
  ])('writes "%s" as "%s"', (text, expected) => {
    expect(base32(Buffer.from(text))).toBe(expected);
  });

  it('writes 16 bytes as 26 characters', () => {
    expect(base32(new Uint8Array(16).fill(255))).toBe(`${'7'.repeat(25)}4`);
  });
});
