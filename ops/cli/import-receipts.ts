import { readFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import { Command } from 'commander';
import { countryOfZone } from '../../local/country-of-zone.ts';
import type { NewStage } from '../../local/data-directory.ts';
import type { Machine } from '../../local/machine.ts';
import { openReceiptFile } from '../../shared/adapters/local/receipt-file.ts';
import type { ImportReport } from '../../shared/application/import/import-report.ts';
import { type Mapping, readMapping } from '../../shared/domain/import/mapping.ts';
import { presets } from '../../shared/domain/import/presets.ts';
import { InvalidInput, NotFound } from '../../shared/domain/kernel/errors.ts';
import { fileJson } from '../../shared/domain/kernel/file-json.ts';
import { minorDigits } from '../../shared/domain/kernel/money.ts';
import { importInto } from '../import-into.ts';
import { print, printJson, withMachine } from './context.ts';
import { findingsFile } from './findings-file.ts';
import { importMembersCommand } from './import-members.ts';
import { importPinpointCommand } from './import-pinpoint.ts';

interface Options {
  readonly map: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly report?: string;
}

export const importCommand = (): Command =>
  new Command('import')
    .description('Brings history in from files.')
    .addCommand(importMembersCommand())
    .addCommand(importPinpointCommand())
    .addCommand(
      new Command('receipts')
        .description(
          'Receipt lines from a CSV file, through the same checks as the endpoint. Doing it again changes nothing.',
        )
        .argument('<file>', 'CSV, plain or packed by gzip')
        .requiredOption(
          '--map <mapping>',
          `a mapping file (JSON), or a preset: ${Object.keys(presets).join(', ')}`,
        )
        .option('--dry-run', 'tell what would become of everything, take nothing')
        .option('--report <file>', 'every refusal with its line, as .csv or .json')
        .option('--json', 'the report for machines')
        .action(async (file: string, options: Options, command: Command) => {
          const raw = await readMap(options.map);
          const report = await withMachine(command, ({ machine }) => run(machine, file, raw, options), {
            stage: stageFor(raw),
            isTrial: options.dryRun ?? false,
          });
          if (options.json) printJson(report);
          else print(inWords(report));
          if (report.accepted + report.duplicates === 0) process.exitCode = 1;
        }),
    );

async function readMap(name: string): Promise<unknown> {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
  if (preset !== undefined) return preset;
  try {
    return fileJson(await readFile(name, 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError)
      throw new InvalidInput('invalid-mapping', '', `${name}: is no JSON (${cause.message})`, { cause });
    throw new NotFound('mapping file or preset', name);
  }
}

/** A directory that is new takes currency, zone and country of the first file that fills it. */
function stageFor(raw: unknown): NewStage {
  const {
    constants: { currency } = {},
    time: { zone },
  } = readMapping(raw, { currencyDigits: 2 });
  const country = countryOfZone(zone);
  return {
    zone,
    ...(currency === undefined ? {} : { currency }),
    ...(country === undefined ? {} : { country }),
  };
}

async function run(
  machine: Machine,
  path: string,
  raw: unknown,
  { dryRun = false, json = false, report }: Options,
): Promise<ImportReport> {
  const mapping: Mapping = readMapping(raw, { currencyDigits: minorDigits(machine.stage.currency) });
  const source = await openReceiptFile(path, mapping.file);
  const findings = report === undefined ? undefined : findingsFile(report);
  const bar = new SingleBar({
    format: 'Import {bar} {percentage}% | {lines} lines, {receipts} receipts',
    hideCursor: true,
    stream: process.stderr,
  });
  if (!json) bar.start(1, 0, { lines: 0, receipts: 0 });
  try {
    return await importInto(machine, source, {
      mapping,
      dryRun,
      note: (refusal) => findings?.note({ kind: 'refused', column: '', ...refusal }),
      onProgress: ({ lines, receipts }) => bar.update(source.progress(), { lines, receipts }),
    });
  } finally {
    bar.stop();
    findings?.close();
  }
}

function inWords(report: ImportReport): string {
  const {
    lines,
    receipts,
    sales,
    returns,
    adjustments,
    strangers,
    accepted,
    duplicates,
    refused,
    refusedByCode,
  } = report;
  const unlisted = Object.values(refusedByCode).reduce((sum, count) => sum + count, 0) - refused.length;
  const refusals = Object.entries(refusedByCode).map(([code, count]) => `${code} ${count}`);
  return [
    `${lines} lines, ${receipts} receipts: ${sales} sales, ${returns} returns, ${adjustments} adjustments; ${strangers} of strangers.`,
    `Accepted ${accepted}, known before ${duplicates}, refused: ${refusals.join(', ') || 'none'}.`,
    ...refused.map(({ line, code, message }) => `  line ${line}: ${code}: ${message}`),
    ...(unlisted > 0 ? [`  … and ${unlisted} more; --report writes all of them to a file.`] : []),
  ].join('\n');
}
