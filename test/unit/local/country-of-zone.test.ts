import { describe, expect, it } from 'vitest';
import { countryOfZone } from '../../../local/country-of-zone.ts';

describe('the country of a time zone', () => {
  it.each([
    ['Europe/London', 'GB'],
    ['Europe/Amsterdam', 'NL'],
    ['Europe/Berlin', 'DE'],
    ['Asia/Shanghai', 'CN'],
    ['America/New_York', 'US'],
    ['Asia/Tokyo', 'JP'],
    ['Europe/Paris', 'FR'],
  ])('%s is %s', (zone, country) => {
    expect(countryOfZone(zone)).toBe(country);
  });

  it.each(['Etc/GMT+5', 'Antarctica/McMurdo'])('is unknown for %s, where no country has phones', (zone) => {
    expect(countryOfZone(zone)).toBeUndefined();
  });
});
