import * as z from 'zod';
import { IdentitySettings } from '../domain/identity/settings.ts';
import { isCountry } from '../domain/kernel/country.ts';
import { currencyFault } from '../domain/kernel/currency.ts';
import { dayFromIso, IsoDate } from '../domain/kernel/day.ts';
import { isZone } from '../domain/kernel/zone.ts';

/** Text that passes, or a message that names it. */
const checked = (faultOf: (text: string) => string | undefined) =>
  z.string().check(({ value, issues }) => {
    const message = faultOf(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  });

/** How one region's retailer works. The same shape configures a stage on AWS and the single machine. */
export const StageSettings = z.strictObject({
  /** IANA zone of the business day. */
  zone: checked((zone) =>
    // Intl takes offsets and any case, the scheduler of AWS neither.
    isZone(zone) && /^[A-Z]/.test(zone)
      ? undefined
      : `'${zone}' is no IANA time zone, such as Europe/Amsterdam`,
  ),
  /** ISO 4217; all money of a stage is in it. */
  currency: checked(currencyFault),
  /** ISO 3166-1 alpha-2; phone numbers without + are read as numbers of this country. */
  country: checked((code) =>
    isCountry(code)
      ? undefined
      : `'${code}' is no ISO 3166 code of a country with phone numbers, such as NL or GB`,
  ),
  /** Events before it are refused: a clock that was never set, not history. */
  historyStart: IsoDate.default('2000-01-01' as IsoDate),
  /** At most so many messages to one customer within so many days, over all campaigns. */
  frequencyCap: z
    .strictObject({ messages: z.int().min(1), days: z.int().min(1).max(365) })
    .default({ messages: 2, days: 7 }),
  /** How customers end these messages, in their words: what {{ unsubscribe }} says. */
  unsubscribe: z.string().min(1).max(200).default('Tell us in any of our shops, and we stop writing.'),
  /** Share of the price that is earned, for lifetime value. */
  margin: z.number().min(0).max(1).default(0.3),
  /** Customers without a purchase for this long are what the churn model predicts. */
  churnWindowDays: z.int().min(14).max(200).default(90),
  /** How identifiers are read, and which of them join profiles to customers. */
  identity: IdentitySettings,
  /** Who complained of something grave is to be called within so many hours. */
  callBackHours: z.int().min(1).max(720).default(48),
  /** Signals of one profile within an hour; what is above is cut at the door. Facts never are. */
  signalsPerHour: z.int().min(10).max(100_000).default(1_000),
  /** Parts the customers are cut into for the night and for audiences. */
  shards: z.int().min(1).max(1_000).default(16),
});
export type StageSettings = z.infer<typeof StageSettings>;

/** What everything recorded so far was counted or read by. */
export const settingsForLife = ['currency', 'country'] as const satisfies readonly (keyof StageSettings)[];

export const historyStartDay = ({ historyStart }: StageSettings) => dayFromIso(historyStart);
