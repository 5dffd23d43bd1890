import { getCountries } from 'libphonenumber-js/min';
import { describe, expect, it } from 'vitest';
import { isCountry } from '../../../../../shared/domain/kernel/country.ts';

const LETTERS = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe('a country', () => {
  it('is one whose phone numbers can be read', () => {
    expect(codes.filter(isCountry)).toEqual([...getCountries()].sort());
  });

  it.each(['UK', 'EU', 'ZZ', 'nl', 'NLD', ''])("is not '%s'", (code) => {
    expect(isCountry(code)).toBe(false);
  });
});
