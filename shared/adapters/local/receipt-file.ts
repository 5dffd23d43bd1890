import type { Mapping } from '../../domain/import/mapping.ts';
import { openTableFile, type TableFile } from './table-file.ts';

/** Opens a CSV file of receipt lines as the mapping describes it; throws what `openTableFile` throws. */
export const openReceiptFile = (path: string, { delimiter, encoding }: Mapping['file']): Promise<TableFile> =>
  openTableFile(path, { delimiter, encoding });
