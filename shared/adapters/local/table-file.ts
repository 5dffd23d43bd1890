import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { PassThrough, pipeline, type Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { CsvError, parse } from 'csv-parse';
import type { ReceiptSource, SourceLine } from '../../domain/import/source.ts';
import { InvalidInput, NotFound } from '../../domain/kernel/errors.ts';

/** A line of more characters is a quote that was never closed, and would swallow the file. */
const MOST_LINE_CHARACTERS = 100_000;

/** A table of text in a file, opened: the names in its header, and its lines as they are read. */
export interface TableFile extends ReceiptSource {
  /** How much of the file was read, 0 to 1. */
  readonly progress: () => number;
}

interface Shape {
  readonly delimiter: string;
  /** As TextDecoder names it. */
  readonly encoding: string;
}

/**
 * Opens a CSV file, packed by gzip or not. Throws NotFound, or InvalidInput `file-unreadable`, `file-no-text`, `file-empty`,
 * `gzip-broken`, `csv-broken`, `encoding-broken`; the lines throw the latter three where the damage lies further down.
 */
export async function openTableFile(path: string, shape: Shape): Promise<TableFile> {
  const { packed, size } = await inspect(path);
  const bytes = createReadStream(path);
  const table = await readTable(path, bytes, { ...shape, packed });
  return { ...table, progress: () => (size === 0 ? 1 : bytes.bytesRead / size) };
}

/** Reads CSV from a stream; `path` names it in messages. */
export async function readTable(
  path: string,
  bytes: Readable,
  { delimiter, encoding, packed }: Shape & { readonly packed: boolean },
): Promise<ReceiptSource> {
  const parser = parse({
    bom: true,
    delimiter,
    relax_column_count: true,
    // A stray quote is part of the text, such as the inches of a 5" plate.
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MOST_LINE_CHARACTERS,
    // Its types let a record be an array of text alone.
    on_record: (fields, { lines }) => ({ number: lines, fields }) as unknown as string[],
  });
  // The error of any of them ends the last, whose reader gets it.
  pipeline(bytes, packed ? createGunzip() : new PassThrough(), decoded(encoding), parser, () => {});
  const records: AsyncIterator<SourceLine> = parser[Symbol.asyncIterator]();
  const first = await told(path, records.next());
  const header = isAboutDelimiter(first.value?.fields.join(delimiter))
    ? await told(path, records.next())
    : first;
  if (header.done)
    throw new InvalidInput(
      'file-empty',
      'file',
      `${path}: is empty; a header line with the names of its columns is needed`,
    );
  return {
    columns: header.value.fields.map((name) => name.trim()),
    lines: linesOf(path, records),
  };
}

/** A line that some programs write above the header, for spreadsheets: sep=; */
const isAboutDelimiter = (line: string | undefined): boolean => /^sep=.?$/i.test(line ?? '');

/** Text of bytes, without the mark that may stand at its beginning. */
const decoded = (encoding: string) =>
  async function* (bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
    const decoder = new TextDecoder(encoding, { fatal: true });
    for await (const chunk of bytes) yield decoder.decode(chunk, { stream: true });
    yield decoder.decode();
  };

const MARK_BYTES = 4;
/** How .xlsx, .ods and .zip begin, and .xls. */
const SPREADSHEETS = new Set([0x504b0304, 0xd0cf11e0]);

/** How large a file is, and whether it is packed. */
export async function inspect(path: string): Promise<{ packed: boolean; size: number }> {
  let file: FileHandle | undefined;
  try {
    file = await open(path);
    const { buffer } = await file.read(Buffer.alloc(MARK_BYTES), 0, MARK_BYTES, 0);
    const mark = buffer.readUInt32BE();
    const packed = mark >>> 16 === 0x1f8b;
    if (SPREADSHEETS.has(mark))
      throw new InvalidInput(
        'file-no-text',
        'file',
        `${path}: is a spreadsheet or an archive and no text; save it as CSV (UTF-8), or unpack it`,
      );
    if (!packed && path.endsWith('.gz'))
      throw new InvalidInput(
        'gzip-broken',
        'file',
        `${path}: is no gzip file, though its name says so; leave out .gz if it is plain text`,
      );
    return { packed, size: (await file.stat()).size };
  } catch (error) {
    throw translated(path, error);
  } finally {
    await file?.close();
  }
}

async function* linesOf(path: string, records: AsyncIterator<SourceLine>): AsyncGenerator<SourceLine> {
  let next = await told(path, records.next());
  if (next.done) throw new InvalidInput('file-empty', 'file', `${path}: has a header and no line below it`);
  try {
    while (!next.done) {
      yield next.value;
      next = await told(path, records.next());
    }
  } finally {
    // Closes the file also where the reader stops early.
    await records.return?.();
  }
}

async function told<T>(path: string, step: Promise<T>): Promise<T> {
  try {
    return await step;
  } catch (error) {
    throw translated(path, error);
  }
}

/** What damage to a file means to whoever named it. */
export function translated(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || error instanceof InvalidInput) return error;
  const code = String(error.code);
  const cause = { cause: error };
  if (code === 'ENOENT') return new NotFound('file', path);
  if (error instanceof CsvError)
    return new InvalidInput('csv-broken', 'file', `${path}: ${csvAdvice(error)}`, cause);
  if (code === 'ERR_ENCODING_INVALID_ENCODED_DATA')
    return new InvalidInput(
      'encoding-broken',
      'file',
      `${path}: its text is not in the encoding it was taken for; name the right one under file.encoding in the mapping`,
      cause,
    );
  if (code.startsWith('Z_'))
    return new InvalidInput(
      'gzip-broken',
      'file',
      `${path}: its gzip packing is damaged or cut off (${error.message}); fetch it again`,
      cause,
    );
  return new InvalidInput('file-unreadable', 'file', `${path}: cannot be read (${error.message})`, cause);
}

const csvAdvice = (error: CsvError): string =>
  `the lines up to ${error['lines']} do not end as CSV (${error.message}); close the quotes, or check file.delimiter in the mapping`;
