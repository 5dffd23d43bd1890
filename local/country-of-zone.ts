import { isCountry } from '../shared/domain/kernel/country.ts';

/** Every two-letter code; those that are no country have no zones. */
const CODES = Array.from({ length: 26 * 26 }, (_, n) =>
  String.fromCharCode(65 + Math.floor(n / 26), 65 + (n % 26)),
);

/** The ISO 3166 code of the country whose clocks show this IANA zone: Europe/London → GB. Undefined where nobody has a phone. */
export const countryOfZone = (zone: string): string | undefined => {
  const code = CODES.find((one) => zonesOf(one).includes(zone));
  // Of countries that are no more, such as DD, the canonical name is that of their successor.
  const country = code === undefined ? undefined : new Intl.Locale(`und-${code}`).region;
  return country !== undefined && isCountry(country) ? country : undefined;
};

const zonesOf = (code: string): readonly string[] =>
  (
    new Intl.Locale(`und-${code}`) as Intl.Locale & { getTimeZones?: () => string[] | undefined }
  ).getTimeZones?.() ?? [];
