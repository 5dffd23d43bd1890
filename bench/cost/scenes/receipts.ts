import { seeded } from '../../../local/demo/random.ts';
import { keys, strangerPartition } from '../../../shared/contracts/keys.ts';
import type { Sightings } from '../../../shared/domain/customers/sightings.ts';
import { memberEmail } from '../../generated/members.ts';
import { shares, till } from '../../generated/receipts.ts';
import { reference } from '../reference.ts';
import { putFeed } from './feeds.ts';
import { type IngestCall, ingest } from './ingest.ts';
import { fill, memberId, type People, putAggregate } from './people.ts';
import type { Measured, MeasuredStage } from './stage.ts';

/** How receipts reach us: what a store has once a minute, so many at once, each with an id of its own or without. */
export interface Habit {
  readonly batch: 'minute' | number;
  readonly withIds: boolean;
}

/** A part of the chain and of the afternoon, large enough to count by. */
export interface Slice {
  readonly stores: number;
  readonly minutes: number;
}

interface Receipt {
  readonly at: number;
  readonly store: string;
  readonly terminal: string;
  readonly event: object & { readonly ids: { readonly member?: string } };
}

const MINUTE = 60_000;

/** Stores do not send all at once, but each at its own second. */
const offsetOf = (store: string): number => seeded(store).fraction() * MINUTE;

/** Receipts of one store, in the order in which they are written. */
function roll(store: number, from: number, { minutes }: Slice, { withIds }: Habit): Receipt[] {
  const { chain } = reference;
  const random = seeded(`store ${store} from ${from}`);
  const name = `store-${store}`;
  const tills = Array.from({ length: chain.tills }, (_, number) =>
    till(
      { till: store * chain.tills + number, run: `day-${from}`, members: chain.members },
      { receipts: 0, gross: 0, returned: 0 },
    ),
  );
  // A receipt that is told twice is told twice with the same time.
  const told = new Map<object, Receipt['event']>();
  const count = random.poisson(chain.receiptsACall * minutes);
  const opened = from + offsetOf(name);
  return Array.from({ length: count }, () => opened + random.fraction() * minutes * MINUTE)
    .sort((a, b) => a - b)
    .map((at) => {
      const number = random.whole(0, chain.tills - 1);
      const terminal = `till-${number}`;
      const written = (tills[number]?.() ?? {}) as Receipt['event'] & { data: object };
      const event = told.get(written) ?? {
        ...(withIds ? { id: `${name}-${from}-${told.size}` } : {}),
        ...written,
        occurredAt: new Date(at).toISOString(),
        data: { ...written.data, store: name, terminal },
      };
      told.set(written, event);
      return { at, store: name, terminal, event };
    });
}

function callsOf(receipts: readonly Receipt[], { batch }: Habit): IngestCall[] {
  const [first] = receipts;
  if (first === undefined) return [];
  const source = first.store;
  const callOf = (some: readonly Receipt[], at: number): IngestCall => ({
    at,
    source,
    events: some.map(({ event }) => event),
  });
  if (batch === 'minute') {
    const byMinute = Map.groupBy(receipts, ({ at }) => Math.ceil((at - offsetOf(source)) / MINUTE));
    return [...byMinute].map(([minute, some]) => callOf(some, minute * MINUTE + offsetOf(source)));
  }
  const calls: IngestCall[] = [];
  for (let start = 0; start < receipts.length; start += batch) {
    const some = receipts.slice(start, start + batch);
    calls.push(callOf(some, some.at(-1)?.at ?? first.at));
  }
  return calls;
}

/** Lays down what is known of everybody who appears in these receipts. */
async function fillFor(stage: MeasuredStage, known: People, receipts: readonly Receipt[]): Promise<void> {
  const today = reference.from.slice(0, 10);
  const writes = new Map<string, ReturnType<typeof putAggregate>>();
  for (const { store, terminal, event } of receipts) {
    const { member } = event.ids;
    if (member === undefined) {
      const subject = strangerPartition(store, terminal, today);
      if (!writes.has(subject))
        writes.set(subject, putAggregate(subject, known.strangersAt(store, terminal)));
      continue;
    }
    const n = Number(member.slice(1));
    const id = memberId(stage, n);
    // Who gives an e-mail address at the till has done so before.
    const links: Sightings =
      n % (1 / shares.withEmail) === 0 ? { [stage.plain.keyring.profileId('email', memberEmail(n))]: 0 } : {};
    writes.set(id, putAggregate(id, { ...known.aggregateOf(n), links }));
  }
  const standing = await stage.plain.table.getMany([...writes.keys()].map(keys.aggregate));
  const stores = [...new Set(receipts.map(({ store }) => store))];
  const watched = await stage.plain.table.getMany(stores.map(keys.feed));
  await fill(stage.plain.table, stores.filter((_, index) => watched[index] === undefined).map(putFeed));
  const missing = [...writes.values()].filter((_, index) => standing[index] === undefined);
  await fill(stage.plain.table, missing);
}

/** An afternoon of receipts, counted; another part of it is timed. */
export async function receipts(
  stage: MeasuredStage,
  known: People,
  habit: Habit,
  counted: Slice,
  timed: Slice,
): Promise<Measured> {
  const send = ingest(stage);
  let from = Date.parse(reference.from);
  const through = async (slice: Slice): Promise<number> => {
    const rolls = Array.from({ length: slice.stores }, (_, store) => roll(store + 1, from, slice, habit));
    await fillFor(stage, known, rolls.flat());
    const calls = rolls.flatMap((own) => callsOf(own, habit)).sort((a, b) => a.at - b.at);
    await send(calls);
    from += (slice.minutes + 2) * MINUTE;
    return rolls.flat().length;
  };
  return stage.measure(
    () => through(counted),
    () => through(timed),
  );
}
