import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { normalise, type Reading } from '../../../../../shared/domain/identity/normalise.ts';
import { IdentitySettings } from '../../../../../shared/domain/identity/settings.ts';
import { identifierKinds } from '../../../../../shared/domain/kernel/ids.ts';

const inCountry = (country: string, identity: z.input<typeof IdentitySettings> = {}): Reading => ({
  country,
  identity: IdentitySettings.parse(identity),
});
const dutch = inCountry('NL');

describe('an identifier that cannot be one', () => {
  it.each([
    ['phone', '12'],
    ['phone', ''],
    ['phone', 'call me'],
    ['phone', '+999123456789'],
    ['email', 'ada(at)example.com'],
    ['email', ''],
    ['email', 'ada@'],
    ['member', ' \t'],
    ['device', ''],
    ['member', 'M\ufffdLLER-1'],
    ['card', 'A\ud800'],
    ['wechat', 'o\udc00'],
    ['phone', '+44 20 7946 0958 ext. 12'],
    ['phone', '020 794 0801 x13'],
    ['email', 'müller@example.de'],
    ['email', 'info@mü/ller.de'],
    ['email', 'info@müller'],
    ['email', 'a@b@müller.de'],
    ['member', '\u200b\ufeff'],
  ] as const)('is refused and named, and the others are kept: %s %j', (kind, value) => {
    const other = kind === 'member' ? 'device' : 'member';

    const { identifiers, refused } = normalise({ [kind]: value, [other]: 'X1' }, dutch);

    expect(identifiers).toEqual([{ kind: other, value: 'X1' }]);
    expect(refused).toMatchObject([{ code: `invalid-${kind}`, kind }]);
  });
});

describe('identifiers written differently', () => {
  it.each([
    ['phone', '06 12 34 56 78', '+31612345678'],
    ['phone', '+31 (0)6-12345678', '+31612345678'],
    ['phone', '0031612345678', '+31612345678'],
    ['phone', '+49 1512 3456789', '+4915123456789'],
    ['email', ' Ada.Vermeer@Example.COM ', 'ada.vermeer@example.com'],
    ['member', ' m 10 01 ', 'M1001'],
    ['device', ' 7f9C ', '7f9C'],
    ['phone', '０６１２３４５６７８', '+31612345678'],
    ['phone', '\u202a٠٦١٢٣٤٥٦٧٨\u202c', '+31612345678'],
    ['member', 'ｍ１００１', 'M1001'],
    ['member', 'M-١٢٣۴', 'M-1234'],
    ['member', 'M-10\u200b01\u00ad', 'M-1001'],
    ['card', 'e\u0301x1', '\u00c9X1'],
    ['email', 'ａｄａ＠ｅｘａｍｐｌｅ．ｃｏｍ', 'ada@example.com'],
    ['email', 'ada@example.com\u200b', 'ada@example.com'],
    ['email', 'Info@MÜLLER.de', 'info@xn--mller-kva.de'],
    ['email', 'info@mu\u0308ller.de', 'info@xn--mller-kva.de'],
    ['email', 'info@xn--mller-kva.de', 'info@xn--mller-kva.de'],
    ['email', 'wang@例子。公司', 'wang@xn--fsqu00a.xn--55qx5d'],
  ] as const)('mean the same: %s %s', (kind, raw, value) => {
    expect(normalise({ [kind]: raw }, dutch)).toEqual({ identifiers: [{ kind, value }], refused: [] });
  });

  it('prove themselves by their check digit in whatever digits they are typed', () => {
    const checked = inCountry('NL', { card: { check: 'ean13' } });

    expect(normalise({ card: '４００６３８１３３３９３１' }, checked).identifiers).toEqual([
      { kind: 'card', value: '4006381333931' },
    ]);
  });

  it('of a phone without country hang on the stage', () => {
    expect(normalise({ phone: '139 1234 5678' }, inCountry('CN')).identifiers).toEqual([
      { kind: 'phone', value: '+8613912345678' },
    ]);
    expect(normalise({ phone: '139 1234 5678' }, dutch).refused).toMatchObject([{ code: 'invalid-phone' }]);
  });
});

describe('the identifiers of an event', () => {
  it('are read strongest first, in whatever order they come, and others are passed over', () => {
    const ids = { device: 'd', email: 'a@example.com', loyaltyApp: 'x', phone: '+31612345678', member: 'm' };

    expect(normalise(ids, dutch).identifiers.map(({ kind }) => kind)).toEqual([
      'member',
      'phone',
      'email',
      'device',
    ]);
    expect(normalise({}, dutch)).toEqual({ identifiers: [], refused: [] });
  });
});

describe('identifiers that a sender has no value for', () => {
  it('may be null, which is as good as left out', () => {
    expect(normalise({ member: null, phone: null, email: 'ada@example.com' }, dutch)).toEqual({
      identifiers: [{ kind: 'email', value: 'ada@example.com' }],
      refused: [],
    });
  });
});

describe('an identifier without end', () => {
  it.each(identifierKinds)('is refused by itself: %s', (kind) => {
    const { identifiers, refused } = normalise({ [kind]: 'x'.repeat(321) }, dutch);

    expect(identifiers).toEqual([]);
    expect(refused).toMatchObject([{ code: `invalid-${kind}`, kind }]);
  });
});

describe('an identifier that stands for nobody', () => {
  it.each([
    ['phone', '13800000000', 'CN'],
    ['phone', '138 0013 8000', 'CN'],
    ['phone', '0000000000', 'NL'],
    ['phone', '06 00000000', 'NL'],
    ['email', 'Test@test.com', 'NL'],
    ['email', 'noreply@shop.example', 'NL'],
    ['email', 'ada@none.com', 'NL'],
    ['member', '000000', 'NL'],
    ['card', '9999 9999', 'NL'],
    ['wechat', 'undefined', 'NL'],
    ['device', '00000000-0000-0000-0000-000000000000', 'NL'],
  ] as const)('is dropped and named, and the others are kept: %s %s', (kind, value, country) => {
    const other = kind === 'member' ? 'device' : 'member';

    const { identifiers, refused } = normalise({ [kind]: value, [other]: 'X1' }, inCountry(country));

    expect(identifiers).toEqual([{ kind: other, value: 'X1' }]);
    expect(refused).toMatchObject([{ code: `blocked-${kind}`, kind }]);
  });

  it("may be the shop's own, however it is written", () => {
    const reading = inCountry('NL', { blocked: { phone: ['020 794 0800'], card: ['STAFF 1'] } });
    const { identifiers, refused } = normalise({ phone: '+31 20 7940800', card: 'staff1' }, reading);

    expect(identifiers).toEqual([]);
    expect(refused.map(({ code }) => code)).toEqual(['blocked-card', 'blocked-phone']);
  });

  it.each([
    ['phone', '06 12345678'],
    ['phone', '06 55555123'],
    ['email', 'tester.jansen@example.com'],
    ['email', 'ada@test-und-mess.de'],
    ['member', '1000'],
    ['device', '7f9c'],
  ] as const)('is not %s %s', (kind, value) => {
    expect(normalise({ [kind]: value }, dutch).refused).toEqual([]);
  });
});

describe('numbers that the retailer gave out', () => {
  it.each([
    ['luhn', '7992739871 3', []],
    ['luhn', '79927398710', ['invalid-member']],
    ['luhn', 'M7992739', ['invalid-member']],
    ['ean13', '4006381333931', []],
    ['ean13', '4006381333932', ['invalid-member']],
    ['ean13', '400638133393', ['invalid-member']],
    ['none', 'm-1', []],
  ] as const)('are proved by their check digit where the stage says so: %s %s', (check, member, codes) => {
    const { refused } = normalise({ member }, inCountry('NL', { member: { check } }));

    expect(refused.map(({ code }) => code)).toEqual(codes);
  });

  it('have the length that the stage says', () => {
    const reading = inCountry('NL', { card: { length: 4 } });

    expect(normalise({ card: '12 34' }, reading).refused).toEqual([]);
    expect(normalise({ card: '12345' }, reading).refused).toMatchObject([{ code: 'invalid-card' }]);
  });
});

describe('the order of strength', () => {
  it('is that of the stage', () => {
    const priority = ['phone', 'member', 'card', 'email', 'wechat', 'device'] as const;
    const reading = inCountry('NL', { priority: [...priority] });

    expect(
      normalise({ member: 'm', phone: '+31612345678' }, reading).identifiers.map(({ kind }) => kind),
    ).toEqual(['phone', 'member']);
    expect(() => inCountry('NL', { priority: ['phone'] })).toThrow('once');
  });
});
