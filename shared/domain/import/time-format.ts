const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?`;
const pattern = (text: string): RegExp => new RegExp(`^${text}$`);

/** How a file may write its times, by the name that a mapping uses. Seconds may be left out everywhere. */
const patterns = {
  'YYYY-MM-DD HH:mm:ss': pattern(String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[ T]${clock}`),
  /** With its own offset, Z or +02:00; the zone of the mapping does not matter then. */
  'YYYY-MM-DDTHH:mm:ssZ': pattern(
    String.raw`(?<year>\d{4})-(?<month>\d{2})-(?<day>\d{2})[ T]${clock}(?<offset>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)`,
  ),
  YYYYMMDDHHmmss: pattern(
    String.raw`(?<year>\d{4})(?<month>\d{2})(?<day>\d{2})(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})?`,
  ),
  'DD/MM/YYYY HH:mm:ss': pattern(String.raw`(?<day>\d{1,2})/(?<month>\d{1,2})/(?<year>\d{4}) ${clock}`),
  'MM/DD/YYYY HH:mm:ss': pattern(String.raw`(?<month>\d{1,2})/(?<day>\d{1,2})/(?<year>\d{4}) ${clock}`),
  'DD.MM.YYYY HH:mm:ss': pattern(String.raw`(?<day>\d{1,2})\.(?<month>\d{1,2})\.(?<year>\d{4}) ${clock}`),
} as const;

export type TimeFormat = keyof typeof patterns;
export const timeFormats = Object.keys(patterns) as [TimeFormat, ...TimeFormat[]];

/** A time as it was written: milliseconds as if it were UTC, and its offset where it names one. */
export interface WrittenTime {
  readonly wall: number;
  readonly offset?: number;
}

/** Reads a time; undefined where the text has another shape or names no real moment, such as 30 February. */
export function readTime(text: string, format: TimeFormat): WrittenTime | undefined {
  return momentOf(patterns[format].exec(text)?.groups);
}

/** The moment that these pieces of text name; undefined where they name no real one. */
export function momentOf(
  groups: Readonly<Record<string, string | undefined>> | undefined,
): WrittenTime | undefined {
  if (groups === undefined) return undefined;
  const { year, month = '', day = '', hour = '', minute = '00', second = '00', offset } = groups;
  const written = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}T${hour.padStart(2, '0')}:${minute}:${second}`;
  const wall = Date.parse(`${written}Z`);
  // What is no real moment, Date.parse refuses or moves to another one.
  if (Number.isNaN(wall) || new Date(wall).toISOString().slice(0, 19) !== written) return undefined;
  return offset === undefined ? { wall } : { wall, offset: millisOf(offset) };
}

function millisOf(offset: string): number {
  if (offset === 'Z') return 0;
  const minutes = Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2));
  return (offset.startsWith('-') ? -minutes : minutes) * 60_000;
}
