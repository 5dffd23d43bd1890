import { describe, expect, it } from 'vitest';
import { normalise } from '../../../../../shared/domain/identity/normalise.ts';

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
  ] as const)('is refused and named, and the others are kept: %s %j', (kind, value) => {
    const other = kind === 'member' ? 'device' : 'member';

    const { identifiers, refused } = normalise({ [kind]: value, [other]: 'X1' }, 'NL');

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
  ] as const)('mean the same: %s %s', (kind, raw, value) => {
    expect(normalise({ [kind]: raw }, 'NL')).toEqual({ identifiers: [{ kind, value }], refused: [] });
  });

  it('of a phone without country hang on the stage', () => {
    expect(normalise({ phone: '138 0013 8000' }, 'CN').identifiers).toEqual([
      { kind: 'phone', value: '+8613800138000' },
    ]);
    expect(normalise({ phone: '138 0013 8000' }, 'NL').refused).toMatchObject([{ code: 'invalid-phone' }]);
  });
});

describe('the identifiers of an event', () => {
  it('are read strongest first, in whatever order they come, and others are passed over', () => {
    const ids = { device: 'd', email: 'a@example.com', loyaltyApp: 'x', phone: '+31612345678', member: 'm' };

    expect(normalise(ids, 'NL').identifiers.map(({ kind }) => kind)).toEqual([
      'member',
      'phone',
      'email',
      'device',
    ]);
    expect(normalise({}, 'NL')).toEqual({ identifiers: [], refused: [] });
  });
});

describe('identifiers that a sender has no value for', () => {
  it('may be null, which is as good as left out', () => {
    expect(normalise({ member: null, phone: null, email: 'ada@example.com' }, 'NL')).toEqual({
      identifiers: [{ kind: 'email', value: 'ada@example.com' }],
      refused: [],
    });
  });
});

describe('an identifier without end', () => {
  it.each(['member', 'phone', 'email', 'device'] as const)('is refused by itself: %s', (kind) => {
    const { identifiers, refused } = normalise({ [kind]: 'x'.repeat(321) }, 'NL');

    expect(identifiers).toEqual([]);
    expect(refused).toMatchObject([{ code: `invalid-${kind}`, kind }]);
  });
});
