import { closeSync, openSync, writeSync } from 'node:fs';
import type { Finding } from '../../shared/application/import/members/members-report.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';

const CHUNK_CHARACTERS = 65_536;

export interface FindingsFile {
  readonly note: (finding: Finding) => void;
  readonly close: () => void;
}

const columns = ['line', 'kind', 'code', 'column', 'message', 'lines'] as const;

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const csvLine = (finding: Finding): string =>
  columns
    .map((column) => {
      const value = finding[column] ?? '';
      return quoted(Array.isArray(value) ? value.join(' ') : String(value));
    })
    .join(',');

/** Writes findings as they come: CSV where the name ends in .csv, a JSON list where it ends in .json. */
export function findingsFile(path: string): FindingsFile {
  const isCsv = path.endsWith('.csv');
  if (!isCsv && !path.endsWith('.json'))
    throw new InvalidInput(
      'report-name',
      'report',
      `${path}: the report is written as .csv or .json; end its name so`,
    );
  const file = openSync(path, 'w', 0o600);
  let text = isCsv ? `${columns.join(',')}\n` : '[';
  let isFirst = true;
  return {
    note(finding) {
      text += isCsv ? `${csvLine(finding)}\n` : `${isFirst ? '\n' : ',\n'}${JSON.stringify(finding)}`;
      isFirst = false;
      if (text.length < CHUNK_CHARACTERS) return;
      writeSync(file, text);
      text = '';
    },
    close() {
      writeSync(file, isCsv ? text : `${text}\n]\n`);
      closeSync(file);
    },
  };
}
