import type { Readable } from 'node:stream';
import type { Mapping } from '../../domain/import/mapping.ts';
import type { ReceiptSource } from '../../domain/import/source.ts';
import { openTableFile, readTable, type TableFile } from './table-file.ts';

/** Opens a CSV file of receipt lines as the mapping describes it; throws what `openTableFile` throws. */
export const openReceiptFile = (path: string, { delimiter, encoding }: Mapping['file']): Promise<TableFile> =>
  openTableFile(path, { delimiter, encoding });

interface Form {
  readonly file: Mapping['file'];
  readonly packed: boolean;
}

/** Reads receipt lines from a stream; `path` names it in messages. */
export const readReceipts = (
  path: string,
  bytes: Readable,
  { file: { delimiter, encoding }, packed }: Form,
): Promise<ReceiptSource> => readTable(path, bytes, { delimiter, encoding, packed });
