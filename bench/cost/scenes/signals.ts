import { type Random, seeded } from '../../../local/demo/random.ts';
import type { Aggregate } from '../../../shared/domain/customers/aggregate.ts';
import type { ProfileId } from '../../../shared/domain/kernel/ids.ts';
import { memberNumber } from '../../generated/members.ts';
import { reference } from '../reference.ts';
import { type IngestCall, ingest } from './ingest.ts';
import { fill, memberId, type People, putAggregate } from './people.ts';
import { signalOf } from './signals-of.ts';
import type { Measured, MeasuredStage } from './stage.ts';

interface Visit {
  readonly calls: readonly IngestCall[];
  /** What is known of the visitor before; nothing of a new one. */
  readonly known?: { readonly id: ProfileId; readonly aggregate: Aggregate };
}

const SECONDS_A_DAY = 24 * 3_600;
/** A page is looked at for so long. */
const MEAN_LOOK_MILLIS = 20_000;

/** Visits to the web shop at their rate over the day; each tells its signals together, or one by one. */
export async function signals(
  stage: MeasuredStage,
  people: People,
  signalsACall: number,
  seconds: { readonly counted: number; readonly timed: number },
): Promise<Measured> {
  const { shop } = reference;
  const send = ingest(stage);
  let from = Date.parse(reference.from);
  let count = 0;

  const visit = (random: Random, at: number): Visit => {
    count += 1;
    const device = `device-${count}`;
    const deviceId = stage.plain.keyring.profileId('device', device);
    const n = random.whole(0, reference.chain.members - 1);
    const isMember = random.chance(shop.members);
    const ids = isMember ? { member: memberNumber(n), device } : { device };
    let last = at;
    const events = Array.from({ length: shop.signalsACall }, () => {
      last += random.exponential(MEAN_LOOK_MILLIS);
      return { at: last, event: signalOf(random, ids, last) };
    });
    const calls = Array.from({ length: shop.signalsACall / signalsACall }, (_, index) => {
      const some = events.slice(index * signalsACall, (index + 1) * signalsACall);
      return { at: some.at(-1)?.at ?? at, source: 'web-shop', events: some.map(({ event }) => event) };
    });
    // Members' phones were seen before; signals alone never made a purchase.
    if (isMember)
      return {
        calls,
        known: { id: memberId(stage, n), aggregate: { ...people.browser(n), links: { [deviceId]: 0 } } },
      };
    if (!random.chance(shop.returning)) return { calls };
    return { calls, known: { id: deviceId, aggregate: people.visitor(n) } };
  };

  const through = async (span: number): Promise<number> => {
    const random = seeded(`visits from ${from}`);
    const visitors = Math.round((span * shop.signalsADay) / SECONDS_A_DAY / shop.signalsACall);
    const all = Array.from({ length: visitors }, () =>
      visit(random, from + random.fraction() * span * 1_000),
    );
    const known = new Map(all.flatMap(({ known: one }) => (one === undefined ? [] : [[one.id, one]])));
    await fill(
      stage.plain.table,
      [...known.values()].map(({ id, aggregate }) => putAggregate(id, aggregate)),
    );
    // Visits that began before stand for those that go on after the end: the span is as busy as the day.
    const within = (at: number): number => from + ((at - from) % (span * 1_000));
    const calls = all.flatMap((one) => one.calls).map((call) => ({ ...call, at: within(call.at) }));
    await send(calls.sort((a, b) => a.at - b.at));
    from += span * 1_000 + 600_000;
    return visitors * shop.signalsACall;
  };
  return stage.measure(
    () => through(seconds.counted),
    () => through(seconds.timed),
  );
}
