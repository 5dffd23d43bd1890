import { Command, InvalidArgumentError, Option } from 'commander';
import { profilesOf } from '../../shared/application/identity/decide.ts';
import { type ReplayReport, replayEvents } from '../../shared/application/ingest/replay-events.ts';
import { dayFromIso, daysBefore, IsoDate, isoFromDay } from '../../shared/domain/kernel/day.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { ProfileId } from '../../shared/domain/kernel/ids.ts';
import type { Site } from '../site.ts';
import { print, printJson, say, withSite } from './context.ts';
import { listed } from './status.ts';

interface Options {
  readonly from: string;
  readonly to: string;
  readonly source?: string;
  readonly customer?: ProfileId;
  readonly profile?: ProfileId;
  readonly sideEffects?: boolean;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/** `--json` prints the ReplayReport of shared/application/ingest/replay-events.ts. Ends with 1 where a line could not be read. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description(
      'Sends archived events to the fold once more, by the time they were received. Replaying anything twice changes nothing; into empty tables it makes the records again.',
    )
    .requiredOption(
      '--from <time>',
      'received from: a day (UTC) as YYYY-MM-DD, or a time such as 2026-03-14T10:00:00Z',
      startOf,
    )
    .requiredOption('--to <time>', 'received up to: a day, which is in, or a time, which is not', endOf)
    .option('--source <name>', 'of one source alone')
    .addOption(
      new Option('--customer <id>', 'of one customer alone, with all its profiles')
        .argParser(readId)
        .conflicts('profile'),
    )
    .option('--profile <id>', 'of one profile alone', readId)
    .option(
      '--side-effects',
      'lets follow what follows from new events; left out, nothing reaches a customer',
    )
    .option('--dry-run', 'count, send nothing')
    .option('--json', 'the report for machines')
    .action((options: Options, command: Command) =>
      withSite(command, async (site) => {
        const report = await replay(site, options);
        if (options.json) printJson(report);
        else print(inWords(report, options));
        if (report.unreadable > 0) process.exitCode = 1;
      }),
    );

async function replay(site: Site, options: Options): Promise<ReplayReport> {
  const { from, to, json = false, dryRun = false } = options;
  if (from >= to) throw new InvalidInput('empty-window', 'to', '--to: is before --from; give a later one');
  let told = '';
  const report = await replayEvents(site, {
    ...options,
    profiles: await wantedProfiles(site, options),
    onProgress: ({ day, read, republished }) => {
      if (json || day === told) return;
      told = day;
      say(`${day}: ${read} read, ${republished} ${dryRun ? 'would go' : 'sent'} to the fold so far`);
    },
  });
  if (!dryRun) await site.settle();
  return report;
}

async function wantedProfiles(
  { table }: Site,
  { customer, profile }: Options,
): Promise<ReadonlySet<ProfileId> | undefined> {
  if (profile !== undefined) return new Set([profile]);
  if (customer === undefined) return undefined;
  return new Set(await profilesOf(table, customer));
}

function inWords(
  { files, read, republished, byType, unreadable, rebuild }: ReplayReport,
  { dryRun }: Options,
): string {
  return [
    `${read} events in ${files} files read, ${republished} ${dryRun ? 'would go' : 'went'} to the fold: ${listed(byType as Record<string, number>)}.`,
    ...(rebuild ? ['The records were empty: they are made again, signals in full.'] : []),
    ...(unreadable > 0
      ? [`${unreadable} lines could not be read: torn files, or a newer version wrote them.`]
      : []),
  ].join('\n');
}

const startOf = (text: string): string => instantOf(text, 0);

/** The day itself is in, so its end is the next day's beginning. */
const endOf = (text: string): string => instantOf(text, 1);

function instantOf(text: string, daysAfter: number): string {
  if (IsoDate.safeParse(text).success)
    return `${isoFromDay(daysBefore(dayFromIso(text), -daysAfter))}T00:00:00.000Z`;
  const hasOffset = /T.*(Z|[+-]\d\d:\d\d)$/.test(text);
  if (hasOffset && !Number.isNaN(Date.parse(text))) return new Date(text).toISOString();
  throw new InvalidArgumentError(
    `'${text}' is no day such as 2026-03-14, nor a time such as 2026-03-14T10:00:00Z.`,
  );
}

function readId(text: string): ProfileId {
  const id = ProfileId.safeParse(text);
  if (id.success) return id.data;
  throw new InvalidArgumentError(`'${text}' is no id of a customer; look-ups and exports show them.`);
}
