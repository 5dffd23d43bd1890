import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  isTooLarge,
  MOST_BODY_BYTES,
  textOf,
} from '../../../../../shared/application/http/raw-body.ts';

const MARK = '\ufeff';

describe('a body', () => {
  it('is the same as text and as bytes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !text.startsWith(MARK)),
        (text) => {
          expect(bytesOf(text)).toEqual(new Uint8Array(Buffer.from(text)));
          expect(textOf(bytesOf(text))).toBe(text);
          expect(textOf(text)).toBe(text);
        },
      ),
    );
  });

  it('loses the byte order mark before it, and only that one', () => {
    const marked = `${MARK}{"a":"${MARK}"}`;

    expect([textOf(marked), textOf(bytesOf(marked))]).toEqual([marked.slice(1), marked.slice(1)]);
    expect(bytesOf(marked)).toEqual(new Uint8Array(Buffer.from(marked)));
  });

  it.each([
    ['letters', 'x'.repeat(MOST_BODY_BYTES), 'x'],
    ['letters of two bytes', 'é'.repeat(MOST_BODY_BYTES / 2), 'x'],
  ])('is measured in bytes, not in characters: %s', (_what, most, more) => {
    expect([isTooLarge(most), isTooLarge(bytesOf(most))]).toEqual([false, false]);
    expect([isTooLarge(most + more), isTooLarge(bytesOf(most + more))]).toEqual([true, true]);
  });
});
