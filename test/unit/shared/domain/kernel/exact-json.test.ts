import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exactJson } from '../../../../../shared/domain/kernel/exact-json.ts';

describe('JSON that keeps what was written', () => {
  it.each([
    ['{"tid":2231958349921234567}', { tid: '2231958349921234567' }],
    ['[-2231958349921234567]', ['-2231958349921234567']],
    ['9007199254740992', '9007199254740992'],
  ])('has a whole number that no double holds as text: %s', (text, read) => {
    expect(exactJson(text)).toEqual(read);
  });

  it('tells numbers apart that would be one when they are rounded', () => {
    expect(exactJson('2231958349921234567')).not.toEqual(exactJson('2231958349921234568'));
  });

  it.each([
    '9007199254740991',
    '{"a":[1,0.1,-2.5e3,1e20,0.12345678901234567,true,null,"2231958349921234567"]}',
    '{"__proto__":{"a":1},"long":"12345678901234567890"}',
  ])('is what it always was elsewhere: %s', (text) => {
    expect(JSON.stringify(exactJson(text))).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('takes nothing within a text for a number, whatever is escaped there', () => {
    const said = 'no ": 2231958349921234567, \\ "2231958349921234568';
    expect(exactJson(JSON.stringify([said, 'x']).replace('"x"', '2231958349921234567'))).toEqual([
      said,
      '2231958349921234567',
    ]);
  });

  it('is read however deep it is', () => {
    const deep = `${'['.repeat(20_000)}2231958349921234567${']'.repeat(20_000)}`;
    expect(() => exactJson(deep)).not.toThrow();
  });

  it('is refused at once where it never ends', () => {
    expect(() => exactJson(`[2231958349921234567, "${'\\"'.repeat(200_000)}`)).toThrow(SyntaxError);
  });

  it('is the same as ever but for such numbers', () => {
    const asText = (_key: string, value: unknown): unknown =>
      Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(String(value))
        ? String(value)
        : value;
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        // A number of 16 digits makes the second look happen.
        const text = JSON.stringify([value, 1_234_567_890_123_456]);
        expect(exactJson(text)).toEqual(JSON.parse(text, asText));
      }),
    );
  });

  it('fails as ever on what is none', () => {
    expect(() => exactJson('{"tid":2231958349921234567')).toThrow(SyntaxError);
  });
});
