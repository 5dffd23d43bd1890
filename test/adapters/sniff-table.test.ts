import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { delimiterOf, sniffTable } from '../../shared/adapters/local/sniff-table.ts';
import { openTableFile } from '../../shared/adapters/local/table-file.ts';
import { collected } from '../builders/receipt-csv.ts';
import { temporaryDirectory } from '../support/local-host.ts';

function aFile(content: Uint8Array, name = 'members.csv'): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  const file = join(path, name);
  writeFileSync(file, content);
  return file;
}

async function readBack(file: string) {
  const shape = await sniffTable(file);
  const { columns, lines } = await openTableFile(file, shape);
  return { ...shape, columns, fields: (await collected(lines)).map(({ fields }) => fields) };
}

const utf16 = (text: string, bigEndian: boolean): Buffer => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

/** 姓名,城市 / 王小明,北京 as GB18030 writes it. */
const CHINESE = Buffer.from('d0d5c3fb2cb3c7cad00acdf5d0a1c3f72cb1b1bea90a', 'hex');

describe('how a table is written', () => {
  const western = 'Name;Ort\nMüller;Köln\n';

  it.each([
    ['utf-8', Buffer.from(western)],
    ['utf-8', Buffer.from(`\ufeff${western}`)],
    ['utf-16le', utf16(western, false)],
    ['utf-16be', utf16(western, true)],
    ['utf-16le', Buffer.from('Name;Ort\nMuller;Koln\n', 'utf16le')],
    ['windows-1252', Buffer.from(western, 'latin1')],
  ])('is found out for %s', async (encoding, bytes) => {
    const read = await readBack(aFile(bytes));

    expect(read).toMatchObject({ encoding, delimiter: ';', columns: ['Name', 'Ort'] });
    expect(read.fields[0]?.[0]).toMatch(/^M[üu]ller$/);
  });

  it('is found out for Chinese in GB18030', async () => {
    expect(await readBack(aFile(CHINESE))).toMatchObject({
      encoding: 'gb18030',
      columns: ['姓名', '城市'],
      fields: [['王小明', '北京']],
    });
  });

  it('is found out inside of gzip, too', async () => {
    expect(await readBack(aFile(gzipSync(Buffer.from(western, 'latin1')), 'members.csv.gz'))).toMatchObject({
      encoding: 'windows-1252',
      fields: [['Müller', 'Köln']],
    });
  });

  it('is taken from the mapping where that says so', async () => {
    expect(await sniffTable(aFile(CHINESE), { encoding: 'windows-1252', delimiter: '|' })).toEqual({
      encoding: 'windows-1252',
      delimiter: '|',
    });
  });

  it('does not hang on a character that the beginning cuts in two', async () => {
    const long = `Name\n${'é'.repeat(140_000).replace(/(.{1000})/g, '$1\n')}`;
    expect((await sniffTable(aFile(Buffer.from(`x${long}`)))).encoding).toBe('utf-8');
  });

  it.each([
    ['a,b,c', ','],
    ['a;b;"c,d,e,f"', ';'],
    ['a\tb', '\t'],
    ['alone', ','],
  ])('has %j parted by %j', (header, delimiter) => {
    expect(delimiterOf(`${header}\n1,2,3,4,5,6\n`)).toBe(delimiter);
  });

  it.each([';', '\t', ','])('is named by the file itself above its header: sep=%j', async (sep) => {
    const text = `\ufeffsep=${sep}\r\nName${sep}"a,b;c\td"\r\nMuller${sep}1\r\n`;
    expect(await readBack(aFile(Buffer.from(text)))).toMatchObject({
      delimiter: sep,
      columns: ['Name', 'a,b;c\td'],
      fields: [['Muller', '1']],
    });
  });

  it.each([
    ['xlsx', '504b0304140006000800'],
    ['xls', 'd0cf11e0a1b11ae10000'],
  ])('is none of a spreadsheet, which has to be saved as CSV first: %s', async (type, begins) => {
    const file = aFile(Buffer.from(begins, 'hex'), `members.${type}`);
    await expect(sniffTable(file)).rejects.toThrow(/is a spreadsheet .* save it as CSV/);
  });

  it('is named wrong where the text cannot be in that encoding', async () => {
    const { lines } = await openTableFile(
      aFile(Buffer.from(`Name\n${'x\n'.repeat(100_000)}M\xfcller\n`, 'latin1')),
      {
        delimiter: ',',
        encoding: 'utf-8',
      },
    );
    await expect(collected(lines)).rejects.toMatchObject({ code: 'encoding-broken' });
  });

  it('may have lines within quotes', async () => {
    const { fields } = await readBack(aFile(Buffer.from('Name,Street\n"Lee","Main\nStreet 1"\n')));
    expect(fields).toEqual([['Lee', 'Main\nStreet 1']]);
  });
});
