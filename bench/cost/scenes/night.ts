import { taskFunction } from '../../../functions/_shell/task.ts';
import { seeded } from '../../../local/demo/random.ts';
import { fit } from '../../../shared/application/night/fit.ts';
import { open } from '../../../shared/application/night/open.ts';
import { publish } from '../../../shared/application/night/publish.ts';
import { score } from '../../../shared/application/night/score.ts';
import { snapshot } from '../../../shared/application/night/snapshot.ts';
import { keys } from '../../../shared/contracts/keys.ts';
import { type NightRun, night } from '../../../shared/contracts/night.ts';
import { Run, Shard } from '../../../shared/contracts/night-input.ts';
import type { Slug } from '../../../shared/domain/kernel/ids.ts';
import type { Write } from '../../../shared/ports/table.ts';
import type { Handler } from '../aws/lambda.ts';
import type { Meter } from '../prices.ts';
import { assumed, reference } from '../reference.ts';
import { logBytesOf } from '../rules.ts';
import type { Deployed } from '../template.ts';
import { only, plus, times, type Usage, without } from '../usage.ts';
import { asOneShard, fill, memberId, type People, putAggregate } from './people.ts';
import type { MeasuredStage } from './stage.ts';

const AS_OF = '2026-11-19';

/** Meters that run with every shard and with every step, whatever stands in them. */
const BY_SHARD: readonly Meter[] = [
  'invocations',
  'filePuts',
  'fileGets',
  'secretCalls',
  'logBytes',
  'traces',
];

const touchedBy = (campaign: number): Slug => `campaign-of-month-${campaign}` as Slug;

/** A customer as a year of sales and campaigns left it. */
function customerWrites(stage: MeasuredStage, known: People, n: number): Write[] {
  const id = memberId(stage, n);
  const at = '2026-11-02T08:15:30.123Z';
  const touch = { state: 'sent', at, reference: '0102019a-6f1c2d3e-4b5a-6978-8c9d-0e1f2a3b4c5d-000000' };
  return [
    putAggregate(id, known.aggregateOf(n)),
    ...Array.from(
      { length: reference.night.touches },
      (_, campaign): Write => ({ put: keys.touch(id, touchedBy(campaign)), value: touch }),
    ),
    { put: keys.contacts(id), value: { contacts: [{ campaign: touchedBy(0), at }] } },
  ];
}

/** What one million customers cost a night, from a shard of `customers` and what the whole needs once. */
export async function nightUsage(
  stage: MeasuredStage,
  known: People,
  deployed: Deployed,
  customers: number,
): Promise<Usage> {
  const { plain, blob, clock, settings, lambda } = stage;
  const table = asOneShard(stage.table);
  const run: NightRun = { asOf: AS_OF, shards: settings.shards };
  /** The single steps read a file of every shard; here one was written. */
  const single: NightRun = { asOf: AS_OF, shards: 1 };
  const people = Array.from({ length: customers }, (_, n) => n);
  await fill(
    plain.table,
    people.flatMap((n) => customerWrites(stage, known, n)),
  );

  const steps: Readonly<Record<string, Handler>> = {
    open: taskFunction(Run, () => open({ table, clock, stage: settings })),
    snapshot: taskFunction(Shard, () => {
      const take = snapshot({ table, blob });
      return ({ run: of, shard }) => take(of, shard);
    }),
    fit: taskFunction(Run, () => fit({ blob, stage: settings })),
    score: taskFunction(Shard, () => {
      const judge = score({ table, blob });
      return ({ run: of, shard }) => judge(of, shard);
    }),
    publish: taskFunction(Run, () => publish({ table, blob, clock })),
  };
  const through = async (kind: 'map' | 'single', of: readonly string[]): Promise<number> => {
    for (const step of of) {
      const handler = steps[step];
      if (handler === undefined) throw new Error(`bench/cost does not know night/${step}`);
      const input = kind === 'map' ? { run, shard: 0 } : single;
      await lambda.invoke(`night/${step}`, handler, input);
    }
    return customers;
  };
  const move = async (seed: string): Promise<void> => {
    const random = seeded(seed);
    const moving = people.filter(() => random.chance(reference.night.moved)).map((n) => memberId(stage, n));
    const scores = await plain.table.getMany(moving.map(keys.score));
    const before = scores.flatMap((item): Write[] =>
      item === undefined ? [] : [{ put: item, value: { ...item.value, lifecycle: 'lead' } }],
    );
    await fill(plain.table, before);
  };

  // The first night scores everybody; it is not the night that is counted.
  await through('single', ['open']);
  await through('map', ['snapshot']);
  await through('single', ['fit']);
  await through('map', ['score']);
  await move('moved');
  const shards = await stage.measure(
    () => through('map', ['snapshot', 'score']),
    async () => {
      await move('moved again');
      return through('map', ['snapshot', 'score']);
    },
  );
  const singles = await stage.measure(
    () => through('single', ['open', 'fit', 'publish']),
    () => through('single', ['open', 'fit', 'publish']),
  );
  const count = reference.night.shards;
  return plus(
    times(without(shards.usage, BY_SHARD), reference.night.customers / customers),
    times(only(shards.usage, BY_SHARD), count),
    without(singles.usage, ['fileGets']),
    times(only(singles.usage, ['fileGets']), count),
    machineUsage(count),
    { schedules: deployed.schedules },
  );
}

/** A distributed map pays the start of each child, which has one state. */
export function machineUsage(shards: number): Usage {
  const transitions = night.reduce((sum, { kind }) => sum + 1 + (kind === 'map' ? 2 * shards : 0), 0);
  const { bytes, lines } = assumed.machineLog;
  return {
    transitions,
    logBytes: transitions * lines * logBytesOf(['x'.repeat(bytes)]),
  };
}
