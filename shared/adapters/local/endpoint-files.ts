import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { endpointOfLine } from '../../domain/import/pinpoint/endpoint.ts';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';
import { bytesToLines } from '../lines.ts';
import { delimiterOf, headOf } from './sniff-table.ts';
import { inspect, openTableFile, translated } from './table-file.ts';

/** A line of an export: what it stands for, undefined where it is no JSON. */
export interface EndpointLine {
  readonly number: number;
  readonly raw: unknown;
}

/** An endpoint has at most some 15 KB; a longer line is no line of an export. */
const MOST_LINE_BYTES = 1_000_000;

/** The file, or all files of the directory and those within it, by name: one export lies in many parts. */
export async function endpointFiles(path: string): Promise<readonly string[]> {
  const told = await stat(path).catch(() => undefined);
  if (told === undefined) throw new NotFound('file or directory', path);
  if (!told.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && !/^[._]/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  if (files.length > 0) return files;
  throw new InvalidInput(
    'file-empty',
    'file',
    `${path}: holds no file; copy the parts of the export into it`,
  );
}

/**
 * The lines of all these files, JSON a line or CSV, packed by gzip or not. They are counted through from 1 as an editor
 * counts them: headers and empty lines too.
 */
export async function* endpointLines(
  files: readonly string[],
  onFile: (file: string, firstLine: number) => void = () => {},
): AsyncGenerator<EndpointLine> {
  let number = 0;
  for (const file of files) {
    const before = number;
    onFile(file, before + 1);
    for await (const line of linesOf(file)) {
      number = before + line.number;
      yield { number, raw: line.raw };
    }
  }
}

async function* linesOf(file: string): AsyncGenerator<EndpointLine> {
  const head = new TextDecoder().decode(await headOf(file));
  const first = head.trimStart();
  if (first === '') return;
  if (/^[{[]\s*\n/.test(first)) {
    throw new InvalidInput(
      'not-lines',
      'file',
      `${file}: its JSON goes over several lines; an export has one object a line, which jq -c makes of it`,
    );
  }
  if (first.startsWith('{')) yield* jsonLines(file);
  else if (/^[^\n]*\bChannelType\b/.test(first)) yield* csvLines(file, delimiterOf(head));
  else
    throw new InvalidInput(
      'no-export',
      'file',
      `${file}: begins neither with a JSON object nor with a header that names ChannelType; take it out of the directory`,
    );
}

async function* csvLines(file: string, delimiter: string): AsyncGenerator<EndpointLine> {
  const { columns, lines } = await openTableFile(file, { delimiter, encoding: 'utf-8' });
  for await (const { number, fields } of lines) yield { number, raw: endpointOfLine(columns, fields) };
}

async function* jsonLines(file: string): AsyncGenerator<EndpointLine> {
  const { packed } = await inspect(file);
  let number = 0;
  try {
    for await (const line of bytesToLines(packed ? 'lines.gz' : 'lines', createReadStream(file))) {
      if (line.length > MOST_LINE_BYTES)
        throw new InvalidInput(
          'line-too-long',
          'file',
          `${basename(file)}: a line has more than 1 MB; is it an export of endpoints?`,
        );
      number += 1;
      if (line.trim() !== '') yield { number, raw: parsed(line) };
    }
  } catch (error) {
    throw translated(file, error);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
