import { describe, expect, it } from 'vitest';
import { mask } from '../../../../../shared/domain/customers/mask.ts';

describe('a masked value', () => {
  it.each([
    ['name', 'Ada Vermeer', 'A** V******'],
    ['name', 'X', 'X'],
    ['name', '李小龙', '李**'],
    ['name', '', ''],
    ['email', 'ada.vermeer@example.com', 'a**********@example.com'],
    ['name', '王 明', '王 *'],
    ['name', 'J. P. Bakker', 'J* P* B*****'],
    ['email', 'a@example.com', '*@example.com'],
    ['phone', '+31612345678', '+31*******78'],
    ['phone', '+8613800138000', '+86*********00'],
  ] as const)('shows enough of a %s to recognise it by: %s', (kind, value, masked) => {
    expect(mask[kind](value)).toBe(masked);
  });
});
