import { type Random, seeded } from '../../../local/demo/random.ts';
import { eventReader } from '../../../shared/application/ingest/read-incoming.ts';
import { keys } from '../../../shared/contracts/keys.ts';
import { type Aggregate, nobody } from '../../../shared/domain/customers/aggregate.ts';
import { fold } from '../../../shared/domain/customers/measure.ts';
import { REMEMBERED } from '../../../shared/domain/customers/signals.ts';
import { toStored } from '../../../shared/domain/customers/stored-aggregate.ts';
import { dayFromIso, daysBefore, isoFromDay } from '../../../shared/domain/kernel/day.ts';
import { MOST_WRITES, type Table, type Write } from '../../../shared/ports/table.ts';
import { memberNumber, memberRecord } from '../../generated/members.ts';
import { till } from '../../generated/receipts.ts';
import { reference } from '../reference.ts';
import { signalOf } from './signals-of.ts';
import type { MeasuredStage } from './stage.ts';

/** So many pasts are made up; everybody has one of them. */
const PASTS = 200;

interface Past {
  readonly shopper: Aggregate;
  /** The same with the app on the phone. */
  readonly browser: Aggregate;
}

/** What is known of people before the day begins, made of the same receipts and signals as the day itself. */
export interface People {
  /** The nth member. */
  aggregateOf(n: number): Aggregate;
  /** The nth member, who uses the app. */
  browser(n: number): Aggregate;
  /** What a till has summed up for strangers so far today. */
  strangersAt(store: string, terminal: string): Aggregate;
  /** Somebody who only browses, known by a device. */
  visitor(n: number): Aggregate;
}

export function people({ settings, plain, clock }: MeasuredStage): People {
  const read = eventReader({ keyring: plain.keyring, stage: settings });
  const today = dayFromIso(reference.from.slice(0, 10));
  const receivedAt = clock();
  const eventsOf = (item: object) => read(item, 'past', receivedAt).map(({ event }) => event);
  const rollOf = (run: string) =>
    till({ till: 0, run, members: 1 }, { receipts: 0, gross: 0, returned: 0 }) as () => {
      readonly type: string;
      readonly data: object;
    };

  const signalsOf = (random: Random) =>
    Array.from({ length: REMEMBERED }, () => {
      const millis = Date.parse(reference.from) - random.whole(3_600_000, 10 * 24 * 3_600_000);
      return eventsOf(signalOf(random, { member: 'M1' }, millis));
    }).flat();

  const pastOf = (n: number): Past => {
    const random = seeded(`past ${n}`);
    const next = rollOf(`past-${n}`);
    const store = `store-${random.whole(1, reference.chain.stores)}`;
    const record = memberRecord(random, daysBefore(today, 1));
    const at = record.enrolledAt ?? receivedAt;
    const ids = { member: 'M1' };
    const words = Object.entries(record.consent).flatMap(([channel, { status }]) =>
      eventsOf({ id: `${n}`, type: 'consent.changed', occurredAt: at, ids, data: { channel, status } }),
    );
    const enrolled = eventsOf({
      id: `${n}`,
      type: 'member.enrolled',
      occurredAt: at,
      ids,
      data: { language: 'nl', homeStore: store },
    });
    const receipts = record.history.days.flatMap(({ day }) => {
      const { type, data } = next();
      return eventsOf({
        type,
        occurredAt: `${isoFromDay(day)}T15:21:07.000Z`,
        ids,
        data: { ...data, store },
      });
    });
    const shopper = fold(nobody, [...enrolled, ...words, ...receipts]);
    return { shopper, browser: fold(shopper, signalsOf(random)) };
  };

  const pasts = Array.from({ length: PASTS }, (_, n) => pastOf(n));
  const browsers = Array.from({ length: PASTS }, (_, n) => fold(nobody, signalsOf(seeded(`visitor ${n}`))));

  return {
    aggregateOf(n) {
      const past = pasts[n % PASTS];
      if (past === undefined) return nobody;
      return seeded(`member ${n}`).chance(reference.chain.browsing) ? past.browser : past.shopper;
    },
    browser: (n) => pasts[n % PASTS]?.browser ?? nobody,
    strangersAt(store, terminal) {
      const next = rollOf(`${store}/${terminal}`);
      const receipts = Array.from({ length: reference.chain.strangersSoFar }, () => {
        const { type, data } = next();
        return eventsOf({ type, occurredAt: reference.from, data: { ...data, store, terminal } });
      }).flat();
      return fold(nobody, receipts);
    },
    visitor: (n) => browsers[n % PASTS] ?? nobody,
  };
}

export const putAggregate = (subject: string, aggregate: Aggregate): Write => ({
  put: keys.aggregate(subject),
  value: { ...toStored(aggregate) },
});

/** Fills a table; nothing of it is counted. */
export async function fill(table: Table, writes: readonly Write[]): Promise<void> {
  for (let start = 0; start < writes.length; start += MOST_WRITES)
    await table.commit(writes.slice(start, start + MOST_WRITES));
}

export const memberId = ({ plain }: MeasuredStage, n: number) =>
  plain.keyring.profileId('member', memberNumber(n));

/** The one shard of a sample meets all that stands in its table. */
export const asOneShard = (table: Table): Table => ({
  ...table,
  scan: (scan) => table.scan({ ...scan, segment: 0, of: 1 }),
});
