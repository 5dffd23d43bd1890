import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readMapping } from '../../../../../shared/domain/import/mapping.ts';
import { presets } from '../../../../../shared/domain/import/presets.ts';
import { aMapping, aMappingFile } from '../../../../builders/receipt-csv.ts';

const refused = (parts: Readonly<Record<string, unknown>>, path: string, message: RegExp) =>
  expect(() => aMapping(parts)).toThrow(
    expect.objectContaining({ code: 'invalid-mapping', path, message: expect.stringMatching(message) }),
  );

describe('a mapping', () => {
  it('is filled up with what most files have', () => {
    expect(aMapping({}, 3)).toMatchObject({
      file: { delimiter: ',', encoding: 'utf-8' },
      columns: { receipt: { column: 'Receipt' } },
      decimalMark: '.',
      rules: { returns: { receiptPrefix: 'R', quantities: 'negative' }, negativeQuantity: 'stock' },
      currencyDigits: 3,
    });
  });

  it('is as docs/import.md shows it, of the columns of its file', () => {
    const page = readFileSync('docs/import.md', 'utf8');
    const shown = (language: string) =>
      new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? '';

    const { columns, file } = readMapping(JSON.parse(shown('json')), { currencyDigits: 2 });

    const [header = ''] = shown('csv').split('\n');
    expect(
      Object.values(columns)
        .map((column) => column?.column)
        .sort(),
    ).toEqual(header.split(file.delimiter).sort());
  });

  it.each(Object.keys(presets))('is ready to use as the preset %s', (name) => {
    expect(readMapping(presets[name], { currencyDigits: 2 }).columns.receipt.column).not.toBe('');
  });
});

describe('a mapping with a mistake', () => {
  it('names the field that lacks a column', () => {
    const { quantity: _, ...columns } = aMappingFile.columns;
    refused(
      { columns },
      'columns.quantity',
      /columns\.quantity: is missing; write the name that the column has/,
    );
  });

  it('says what a column may be', () => {
    refused(
      { columns: { ...aMappingFile.columns, member: { column: 'Card', clean: 'digits' } } },
      'columns.member',
      /"clean": "whole-number"/,
    );
    refused(
      { columns: { ...aMappingFile.columns, sku: 7 } },
      'columns.sku',
      /neither the name of a column nor/,
    );
  });

  it('does not overlook a word that it does not know', () => {
    refused({ columns: { ...aMappingFile.columns, colour: 'Colour' } }, 'columns', /colour/);
    refused({ rule: {} }, '', /rule/);
  });

  it('needs a store for every receipt', () => {
    refused({ constants: {} }, 'constants.store', /columns\.store/);
    expect(
      aMapping({ constants: {}, columns: { ...aMappingFile.columns, store: 'Shop' } }).columns.store,
    ).toEqual({ column: 'Shop' });
  });

  it('needs a real zone and a known way of writing times', () => {
    refused(
      { time: { format: 'YYYY-MM-DD HH:mm:ss', zone: 'Europe/Atlantis' } },
      'time.zone',
      /IANA time zone/,
    );
    refused(
      { time: { format: 'yesterday', zone: 'UTC' } },
      'time.format',
      /time\.format: takes one of YYYY-MM-DD HH:mm:ss, /,
    );
    refused({ time: undefined }, 'time', /time: is missing; it takes an object/);
  });

  it('has all of them listed at once', () => {
    refused(
      { decimalMark: ';', constants: { store: 'ams-01', currency: 'euro' } },
      'constants.currency',
      /currency.*ISO 4217.*; decimalMark/,
    );
  });

  it('has its slips told in plain words, also where it is the mapping of something else', () => {
    refused({ colums: {} }, '', /^the mapping: does not know 'colums'; leave it out/);
    refused({ time: undefined }, 'time', /^time: is missing; it takes an object$/);
  });

  it.each([undefined, null, 'a text', 7, []])('is not %j', (raw) => {
    expect(() => readMapping(raw, { currencyDigits: 2 })).toThrow(
      expect.objectContaining({ code: 'invalid-mapping' }),
    );
  });
});
