/**
 * ISO 4217, list one as published on 2026-01-01: the codes of currencies by the decimals of their minor units.
 * Kept here and not asked of Intl, which counts by custom (no decimals for IDR, HUF or PKR) and whose data
 * change with the version of Node: a digit more or less is a factor of ten in everybody's record.
 */
const byDecimals: readonly (readonly [decimals: number, codes: string])[] = [
  [0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'],
  [
    2,
    `AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW
    CNY COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF
    IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK
    MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP
    SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG
    YER ZAR ZMW ZWG`,
  ],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYW'],
];

/** Gold, drawing rights, tests: ISO 4217 gives them no minor units. */
const WITHOUT_MINOR_UNITS = 'XAG XAU XBA XBB XBC XBD XDR XPD XPT XSU XTS XUA XXX';

const codesIn = (list: string): readonly string[] => list.split(/\s+/);

const decimals: ReadonlyMap<string, number> = new Map(
  byDecimals.flatMap(([digits, codes]) => codesIn(codes).map((code) => [code, digits] as const)),
);
const withoutMinorUnits: ReadonlySet<string> = new Set(codesIn(WITHOUT_MINOR_UNITS));

/** Decimals between the unit and the minor unit: 2 for EUR, 0 for JPY; undefined where a shop cannot count in it. */
export const decimalsOf = (currency: string): number | undefined => decimals.get(currency);

/** What is wrong with a code as the currency of a shop, to be put behind the name of its field. */
export function currencyFault(code: string): string | undefined {
  if (decimals.has(code)) return undefined;
  return withoutMinorUnits.has(code)
    ? `'${code}' has no minor units in which money could be counted; write what the tills charge, such as EUR`
    : `'${code}' is no code of ISO 4217, such as EUR`;
}
