import type { Backfilled, BackfillInput, Sample } from '../jobs/backfill.ts';
import { formatted, type Line } from '../kit/line.ts';
import type { Bench } from './shop.ts';

/** A customer of a chain comes some twenty times in three years. */
const RECEIPTS_PER_MEMBER = 20;
const SAMPLES = 40;
const MOST_BETWEEN = 250_000;

/** History by the command line's own way, from a generated file that is never written. */
export async function backfill({ workspace, tell }: Bench, receipts: number): Promise<Line[]> {
  const path = workspace.directory('backfill');
  const input: BackfillInput = {
    path,
    receipts,
    members: Math.ceil(receipts / RECEIPTS_PER_MEMBER),
    every: Math.min(MOST_BETWEEN, Math.ceil(receipts / SAMPLES)),
  };
  tell(`Backfill of ${formatted(receipts)} receipts of ${formatted(input.members)} members`);
  const { result, peakBytes } = await workspace.run<Backfilled>('backfill', input);
  workspace.remove(path);
  const { samples, accepted, seconds, archiveBytes } = result;
  if (accepted !== receipts) throw new Error(`${accepted} of ${receipts} receipts were accepted`);
  const line = (what: string, value: number, unit: string, note?: string): Line => ({
    part: 'backfill',
    what,
    value,
    unit,
    ...(note === undefined ? {} : { note }),
  });
  const end = samples.at(-1);
  const middle = samples[samples.length >> 1];
  if (end === undefined || middle === undefined) return [];
  return [
    line(
      'imported, folded and durable',
      receipts / seconds,
      '/s',
      `${formatted(receipts)} receipts; ${pace(samples)}`,
    ),
    {
      ...line('memory, end over middle', end.rssBytes / middle.rssBytes, '×', memory(samples, peakBytes)),
      budget: { atMost: 1.15 },
    },
    line(
      'database',
      end.databaseBytes / end.receipts,
      'bytes/receipt',
      `its log ${mib(Math.max(...samples.map(({ logBytes }) => logBytes)))} at most`,
    ),
    line('archive', archiveBytes / receipts, 'bytes/receipt'),
  ];
}

const mib = (bytes: number): string => `${formatted(bytes / 2 ** 20)} MiB`;

/** Quarters of the run, which show whether it slows down as the tables grow. */
function pace(samples: readonly Sample[]): string {
  const quarters = [1, 2, 3, 4].map((n) => samples[Math.ceil((samples.length * n) / 4) - 1]);
  let before: Pick<Sample, 'receipts' | 'seconds'> = { receipts: 0, seconds: 0 };
  const rates = quarters.map((sample) => {
    const now = sample ?? before;
    const rate = (now.receipts - before.receipts) / Math.max(now.seconds - before.seconds, 1e-9);
    before = now;
    return formatted(rate);
  });
  return `by quarters ${rates.join(', ')} a second`;
}

function memory(samples: readonly Sample[], peakBytes: number): string {
  const some = [0, 0.25, 0.5, 0.75, 1].map((share) => samples[Math.round(share * (samples.length - 1))]);
  const words = some.flatMap((one) =>
    one === undefined ? [] : [`${formatted(one.receipts)}: ${mib(one.rssBytes)}`],
  );
  return `${words.join(', ')}; peak ${mib(peakBytes)}; 1 is flat`;
}
