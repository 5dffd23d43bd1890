import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8Length } from '../../../../../shared/domain/kernel/utf8.ts';

describe('the bytes of a text', () => {
  it('are those that it takes on the wire', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(utf8Length(text)).toBe(Buffer.byteLength(text, 'utf8'));
      }),
    );
  });

  it.each([
    ['a', 1],
    ['\u007f', 1],
    ['\u0080', 2],
    ['\u07ff', 2],
    ['\u0800', 3],
    ['\uffff', 3],
    ['é', 2],
    ['€', 3],
    ['🧸', 4],
  ])('%j takes %i', (text, bytes) => {
    expect(utf8Length(text)).toBe(bytes);
  });
});
