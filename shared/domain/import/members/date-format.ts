import { momentOf, type WrittenTime } from '../time-format.ts';

const clock = String.raw`(?<hour>\d{1,2}):(?<minute>\d{2})(?::(?<second>\d{2})(?:\.\d{1,9})?)?(?<offset>Z|[+-](?:0\d|1[0-4]):?[0-5]\d)?`;
const year = String.raw`(?<year>\d{4})`;
const month = String.raw`(?<month>\d{1,2})`;
const day = String.raw`(?<day>\d{1,2})`;

/** A date, and a clock behind it where the file has one. */
const pattern = (date: string): RegExp => new RegExp(`^${date}(?:(?: +|T)${clock})?$`);

/** How a file of members may write its dates, by the name that a mapping uses. */
const patterns = {
  'YYYY-MM-DD': pattern(`${year}-${month}-${day}`),
  'DD.MM.YYYY': pattern(String.raw`${day}\.${month}\.${year}`),
  'DD/MM/YYYY': pattern(`${day}/${month}/${year}`),
  'MM/DD/YYYY': pattern(`${month}/${day}/${year}`),
  'DD-MM-YYYY': pattern(`${day}-${month}-${year}`),
  'YYYY/MM/DD': pattern(`${year}/${month}/${day}`),
  YYYYMMDD: pattern(String.raw`${year}(?<month>\d{2})(?<day>\d{2})`),
  YYYY年MM月DD日: pattern(`${year}年${month}月${day}日`),
} as const;

export type DateFormat = keyof typeof patterns;
export const dateFormats = Object.keys(patterns) as [DateFormat, ...DateFormat[]];

/** Reads a date; undefined where the text has another shape or names no real day. Without a clock it is the day's first moment. */
export const readDate = (text: string, format: DateFormat): WrittenTime | undefined =>
  momentOf(patterns[format].exec(text)?.groups);

/** The formats that read most of these texts: one, where the file leaves no doubt; none, where they read fewer than half. */
export function formatsOf(texts: readonly string[]): readonly DateFormat[] {
  const readBy = (format: DateFormat): number =>
    texts.filter((text) => readDate(text, format) !== undefined).length;
  const most = Math.max(...dateFormats.map(readBy));
  return most * 2 < texts.length || most === 0 ? [] : dateFormats.filter((format) => readBy(format) === most);
}
