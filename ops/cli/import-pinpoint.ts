import { Command, Option } from 'commander';
import { endpointFiles, endpointLines } from '../../shared/adapters/local/endpoint-files.ts';
import { readEndpoint } from '../../shared/domain/import/pinpoint/endpoint-reader.ts';
import { print, printJson } from './context.ts';
import { membersInWords } from './members-in-words.ts';
import { type RunOptions, runImport } from './run-import.ts';

interface Options extends RunOptions {
  readonly userIdIs: 'member' | 'link';
  readonly optInMeans?: 'consent';
}

export const importPinpointCommand = (): Command =>
  new Command('pinpoint')
    .description(
      'Endpoints that Amazon Pinpoint exported, of a project or of a segment. Doing it again changes nothing.',
    )
    .argument(
      '<path>',
      'a file, or the directory with all parts of an export; JSON lines or CSV, plain or gzip',
    )
    .addOption(
      new Option('--user-id-is <what>', 'a member number, or only what links endpoints of one person')
        .choices(['member', 'link'])
        .default('link'),
    )
    .addOption(
      new Option('--opt-in-means <what>', 'who did not opt out had consented; without it nobody has').choices(
        ['consent'],
      ),
    )
    .option('--dry-run', 'check everything, take nothing')
    .option('--report <file>', 'every finding with its line, as .csv or .json')
    .option('--as-of <time>', 'what has no time of its own was so then; default: the time of the file')
    .option('--json', 'the report for machines')
    .action(async (path: string, options: Options, command: Command) => {
      const files = await endpointFiles(path);
      const firstLines: Record<string, number> = {};
      const settings = { userIdIs: options.userIdIs, optInMeansConsent: options.optInMeans === 'consent' };
      const report = await runImport(command, path, options, () => ({
        columns: {
          member: 'User.UserId',
          phone: 'Address',
          email: 'Address',
          device: 'User.UserId',
          updatedAt: 'EffectiveDate',
        },
        async *open() {
          const lines = endpointLines(files, (file, first) => {
            firstLines[file] = first;
          });
          for await (const { number, raw } of lines) yield readEndpoint(number, raw, settings);
        },
      }));
      if (options.json) printJson({ ...report, firstLines });
      else {
        print(membersInWords(report));
        if (files.length > 1)
          print(
            `Lines are counted through: ${Object.entries(firstLines)
              .map(([file, line]) => `${file} from ${line}`)
              .join(', ')}.`,
          );
        print('Which endpoints a segment held is not kept: segments are rules here (docs/segments.md).');
      }
      if (report.taken + report.unchanged === 0) process.exitCode = 1;
    });
