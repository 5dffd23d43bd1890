import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { countryOfZone } from '../../local/country-of-zone.ts';
import { sniffTable } from '../../shared/adapters/local/sniff-table.ts';
import { openTableFile } from '../../shared/adapters/local/table-file.ts';
import {
  identifyingColumns,
  type MemberMapping,
  readMemberMapping,
} from '../../shared/domain/import/members/member-mapping.ts';
import { memberPresets } from '../../shared/domain/import/members/member-presets.ts';
import { memberReader } from '../../shared/domain/import/members/member-reader.ts';
import { suggestMapping } from '../../shared/domain/import/members/suggest-mapping.ts';
import { InvalidInput, NotFound } from '../../shared/domain/kernel/errors.ts';
import { fileJson } from '../../shared/domain/kernel/file-json.ts';
import { print, printJson, say } from './context.ts';
import { membersInWords } from './members-in-words.ts';
import { type RunOptions, runImport } from './run-import.ts';

interface Options extends RunOptions {
  readonly mapping?: string;
  readonly preset?: string;
  readonly suggest?: string;
}

export const importMembersCommand = (): Command =>
  new Command('members')
    .description(
      'Members from a CSV file. Doing it again changes nothing; a changed line changes its member.',
    )
    .argument('<file>', 'CSV, plain or packed by gzip; encoding and delimiter are found out')
    .option('--mapping <file>', 'which column holds what (JSON); a dry run without it suggests one')
    .option('--preset <name>', `a mapping that comes along: ${Object.keys(memberPresets).join(', ')}`)
    .option('--suggest <file>', 'with a dry run: where to write the suggested mapping')
    .option('--dry-run', 'check everything, take nothing')
    .option('--report <file>', 'every finding with its line, as .csv or .json')
    .option('--as-of <time>', "when the file was written; default: the file's own time")
    .option('--json', 'the report for machines')
    .action(async (file: string, options: Options, command: Command) => {
      const { mapping, suggestion } = await mappingFor(file, options);
      const shape = await sniffTable(file, mapping.file);
      let strange: readonly string[] = [];
      const report = await runImport(
        command,
        file,
        options,
        ({ stage }) => ({
          columns: mapping.columns,
          async *open() {
            const table = await openTableFile(file, shape);
            const reader = memberReader(table.columns, mapping, stage.zone);
            strange = reader.strange;
            for await (const line of table.lines) yield reader.read(line);
          },
        }),
        zoneOf(mapping),
      );
      if (options.json) printJson({ ...report, file: shape, columnsLeftOut: strange, ...(suggestion ?? {}) });
      else {
        print(membersInWords(report));
        print(
          `Read as ${shape.encoding}, delimiter ${JSON.stringify(shape.delimiter)}. Columns left out: ${strange.join(', ') || 'none'}.`,
        );
        if (suggestion !== undefined) print(suggested(suggestion));
      }
      if (report.taken + report.unchanged === 0) process.exitCode = 1;
    });

interface Chosen {
  readonly mapping: MemberMapping;
  readonly suggestion?: { readonly suggestedMapping: unknown; readonly doubts: readonly string[] };
}

async function mappingFor(
  file: string,
  { mapping, preset, dryRun = false, suggest }: Options,
): Promise<Chosen> {
  if (mapping !== undefined && preset !== undefined)
    throw new InvalidInput(
      'two-mappings',
      'preset',
      '--mapping and --preset name two mappings; give one of them',
    );
  if (mapping !== undefined) return { mapping: readMemberMapping(await readJson(mapping)) };
  if (preset !== undefined) return { mapping: readMemberMapping(presetOf(preset)) };
  if (!dryRun)
    throw new InvalidInput(
      'mapping-missing',
      'mapping',
      'Nobody said which column holds what; try --dry-run --suggest mapping.json first, look at what it wrote, and give it with --mapping',
    );
  const { mapping: guess, doubts } = await guessFrom(file);
  if (suggest !== undefined) {
    await writeFile(suggest, `${JSON.stringify(guess, null, 2)}\n`);
    say(`The suggested mapping was written to ${suggest}.`);
  }
  return { mapping: readMemberMapping(guess), suggestion: { suggestedMapping: guess, doubts } };
}

const SAMPLES = 1_000;

async function guessFrom(file: string) {
  const table = await openTableFile(file, await sniffTable(file));
  const { columns } = table;
  const samples: (readonly string[])[] = [];
  for await (const { fields } of table.lines) {
    samples.push(fields);
    if (samples.length === SAMPLES) break;
  }
  const suggestion = suggestMapping(columns, samples);
  if (identifyingColumns.some((column) => suggestion.mapping.columns[column] !== undefined))
    return suggestion;
  throw new InvalidInput(
    'mapping-missing',
    'mapping',
    `${file}: no column could be recognised as ${identifyingColumns.join(', ')}; write a mapping (docs/import.md) and give it with --mapping. The file has ${columns.map((name) => `'${name}'`).join(', ')}`,
  );
}

function presetOf(name: string): unknown {
  if (Object.hasOwn(memberPresets, name)) return memberPresets[name];
  throw new NotFound('preset', `${name}' (there are ${Object.keys(memberPresets).join(', ')})`);
}

async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new NotFound('mapping file', path);
  });
  try {
    return fileJson(text);
  } catch (cause) {
    throw new InvalidInput('invalid-mapping', '', `${path}: is no JSON (${String(cause)})`, { cause });
  }
}

/** A new data directory is set up in the zone of the file, where the mapping names it. */
function zoneOf({ zone }: MemberMapping) {
  if (zone === undefined) return undefined;
  const country = countryOfZone(zone);
  return { zone, ...(country === undefined ? {} : { country }) };
}

const suggested = ({ suggestedMapping, doubts }: NonNullable<Chosen['suggestion']>): string =>
  [
    'The mapping was guessed. Look at it, save it and give it with --mapping:',
    JSON.stringify(suggestedMapping, null, 2),
    ...doubts.map((doubt) => `  ${doubt}`),
  ].join('\n');
