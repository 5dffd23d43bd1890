import { Command, InvalidArgumentError, Option } from 'commander';
import { dayFromIso, daysBefore, isoFromDay } from '../shared/domain/kernel/day.ts';
import { isMet, type Line, markdown } from './kit/line.ts';
import { described, surroundings, yardstick } from './kit/surroundings.ts';
import { openWorkspace } from './kit/workspace.ts';
import { audience } from './parts/audience.ts';
import { backfill } from './parts/backfill.ts';
import { functions } from './parts/functions.ts';
import { nights } from './parts/nights.ts';
import { receipts } from './parts/receipts.ts';
import { type Bench, SHOP, shops } from './parts/shop.ts';

const parts = ['receipts', 'backfill', 'night', 'audience', 'functions'] as const;
type Part = (typeof parts)[number];

const QUICK_AUDIENCE = 20_000;
const QUICK_BACKFILL = 20_000;
/** Shows the pace; memory over millions is for an hour of its own. */
const BACKFILL = 200_000;

interface Options {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly only: readonly Part[];
  readonly audience: number;
  readonly receipts: number;
}

const options = new Command('npm run bench --')
  .description('Measures this machine against the budgets of the architecture and prints one table.')
  .option('--quick', 'shorter loads, no million of customers; under 90 seconds')
  .addOption(new Option('--only <part...>', 'only these parts').choices(parts).default(parts, 'all'))
  .option('--audience <customers>', 'size of the audience, such as 1000000', readCount, SHOP)
  .option('--receipts <count>', 'length of the backfill, such as 10000000', readReceiptCount, BACKFILL)
  .option('--json', 'the numbers for machines')
  .parse()
  .opts<Options>();

function readCount(text: string): number {
  return readNumber(text, 5_000_000);
}

function readReceiptCount(text: string): number {
  return readNumber(text, 50_000_000);
}

function readNumber(text: string, most: number): number {
  const count = Number(text);
  if (Number.isInteger(count) && count >= 1_000 && count <= most) return count;
  throw new InvalidArgumentError(`'${text}' is no whole number from 1000 to ${most}.`);
}

const workspace = openWorkspace();
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  process.once(signal, () => {
    workspace.close();
    process.exit(code);
  });
}

const place = surroundings();
const lines: Line[] = [];
const yardsticks: number[] = [];
const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};
const lastDay = isoFromDay(daysBefore(dayFromIso(place.date), 1));
const bench: Bench = {
  workspace,
  quick: options.quick === true,
  lastDay,
  shop: shops({ workspace, lastDay, lines, tell }),
  tell,
};
const measures: Readonly<Record<Part, () => Promise<Line[]>>> = {
  receipts: () => receipts(bench),
  backfill: () => backfill(bench, options.quick ? QUICK_BACKFILL : options.receipts),
  night: () => nights(bench),
  audience: () => audience(bench, options.quick ? QUICK_AUDIENCE : options.audience),
  functions: () => functions(bench),
};

try {
  for (const part of parts.filter((one) => options.only.includes(one))) {
    yardsticks.push(yardstick());
    lines.push(...(await measures[part]()));
  }
  yardsticks.push(yardstick());
} finally {
  workspace.close();
}
lines.push({
  part: 'machine',
  what: 'SHA-256 of one thread, median between the parts',
  value: yardsticks.toSorted((a, b) => a - b)[yardsticks.length >> 1] ?? 0,
  unit: 'MB/s',
  note: `from ${Math.round(Math.min(...yardsticks))} to ${Math.round(Math.max(...yardsticks))}: the same work every time`,
});

if (options.json)
  process.stdout.write(
    `${JSON.stringify({ place, lines: lines.map((line) => ({ ...line, met: isMet(line) })) }, null, 2)}\n`,
  );
else process.stdout.write(`${described(place)}\n\n${markdown(lines)}\n`);
