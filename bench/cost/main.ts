import { Command, InvalidArgumentError, Option } from 'commander';
import { hasJava, startDynamoLocal } from '../../test/support/dynamo-local.ts';
import { isMet, type Line, markdown } from '../kit/line.ts';
import { priceList } from './prices.ts';
import { assumed, reference } from './reference.ts';
import { type Column, described, metersTable, servicesTable, sizesTable } from './report.ts';
import { type Measuring, type SceneName, sceneNames, scenes } from './scenes.ts';
import { readTemplates } from './template.ts';

interface Options {
  readonly quick?: boolean;
  readonly json?: boolean;
  readonly only: readonly SceneName[];
  readonly stage: string;
}

const options = new Command('npm run cost --')
  .description('Counts what a reference day costs on AWS, from the real calls of the adapters.')
  .option('--quick', 'smaller samples; under a minute')
  .addOption(
    new Option('--only <scene...>', 'only these scenes').choices(sceneNames).default(sceneNames, 'all'),
  )
  .option('--stage <name>', 'whose templates say what is deployed', readName, 'europe')
  .option('--json', 'the numbers for machines')
  .parse()
  .opts<Options>();

function readName(text: string): string {
  if (/^[a-z][a-z0-9-]{1,19}$/.test(text)) return text;
  throw new InvalidArgumentError(`'${text}' is no name of a stage; lib/stages.ts has them.`);
}

const tell = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

if (!hasJava()) {
  tell('DynamoDB Local needs Java 17 or newer: install it, for example default-jre-headless.');
  process.exit(2);
}

tell(`Reading the templates of '${options.stage}'`);
const deployed = await readTemplates(options.stage).catch((error: Error) => {
  tell(error.message);
  process.exit(2);
});
const local = await startDynamoLocal();
const stop = () => void local.stop().then(() => process.exit(130));
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const lines: Line[] = [];
const columns: Column[] = [];
const written = new Map<string, readonly number[]>();
const measuring: Measuring = { local, deployed, quick: options.quick === true };
try {
  for (const name of sceneNames.filter((one) => options.only.includes(one))) {
    tell(`Counting ${name}`);
    const found = await scenes[name](measuring);
    lines.push(...found.lines);
    columns.push(...found.columns);
    for (const [kind, sizes] of found.written) written.set(`${name}: ${kind}`, sizes);
  }
} finally {
  await local.stop();
}

if (options.json) {
  const found = {
    prices: priceList,
    reference,
    assumed,
    lines: lines.map((one) => ({ ...one, met: isMet(one) })),
    columns,
  };
  process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
} else {
  const tables = [markdown(lines), servicesTable(columns), metersTable(columns), sizesTable(written)];
  process.stdout.write(`${[described(), ...tables].join('\n\n')}\n`);
}

const missed = lines.filter((one) => isMet(one) === false);
for (const { part, what } of missed) tell(`NOT met: ${part}, ${what}`);
if (missed.length > 0) process.exitCode = 1;
