import { existsSync, readdirSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openReceiptFile } from '../../shared/adapters/local/receipt-file.ts';
import { collected } from '../builders/receipt-csv.ts';

const plain = { delimiter: ',', encoding: 'utf-8' } as const;
const text =
  'Receipt,Article,Price\n1,"TEA, green",2.50\n2,"7"" PLATE",1.10\n\n3,"two\nlines",4\n4,5" CUP,1\n';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'receipts-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function aFile(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const read = async (path: string, file: Parameters<typeof openReceiptFile>[1] = plain) => {
  const { columns, lines } = await openReceiptFile(path, file);
  return { columns, lines: await collected(lines) };
};

/** What this process holds open, where the system tells. */
const OPEN_FILES = '/proc/self/fd';
const isOpen = (path: string): boolean =>
  readdirSync(OPEN_FILES).some((entry) => {
    try {
      return readlinkSync(join(OPEN_FILES, entry)) === path;
    } catch {
      return false;
    }
  });

describe('a file of receipt lines', () => {
  const content = {
    columns: ['Receipt', 'Article', 'Price'],
    lines: [
      { number: 2, fields: ['1', 'TEA, green', '2.50'] },
      { number: 3, fields: ['2', '7" PLATE', '1.10'] },
      { number: 6, fields: ['3', 'two\nlines', '4'] },
      { number: 7, fields: ['4', '5" CUP', '1'] },
    ],
  };

  it('gives its header and its lines with their places', async () => {
    expect(await read(await aFile('plain.csv', text))).toEqual(content);
  });

  it.each(['packed.csv.gz', 'packed.csv'])('is unpacked when it is gzip, as %s', async (name) => {
    expect(await read(await aFile(name, gzipSync(text)))).toEqual(content);
  });

  it('may begin with a byte order mark and end its lines as Windows does', async () => {
    const path = await aFile('windows.csv', '\uFEFF"Receipt ", Article,Price\r\n1,TEA,2.50\r\n');

    expect(await read(path)).toEqual({
      columns: content.columns,
      lines: [{ number: 2, fields: ['1', 'TEA', '2.50'] }],
    });
  });

  it('may have another delimiter and another encoding', async () => {
    const path = await aFile('west.csv', Buffer.from('Beleg;Käufer\n1;Jürgen\n', 'latin1'));

    expect(await read(path, { delimiter: ';', encoding: 'latin1' })).toEqual({
      columns: ['Beleg', 'Käufer'],
      lines: [{ number: 2, fields: ['1', 'Jürgen'] }],
    });
  });

  it('hands over lines that are too short or too long as they are', async () => {
    const { lines } = await read(await aFile('torn.csv', 'a,b\n1\n1,2,3\n'));

    expect(lines.map(({ fields }) => fields.length)).toEqual([1, 3]);
  });

  it('says how much of it was read', async () => {
    const file = await openReceiptFile(await aFile('long.csv', `a,b\n${'1,2\n'.repeat(200_000)}`), plain);
    const before = file.progress();

    await collected(file.lines);

    expect(before).toBeLessThan(0.5);
    expect(file.progress()).toBe(1);
  });

  it.runIf(existsSync(OPEN_FILES))('is closed when its reader stops early', async () => {
    const path = await aFile('half.csv', `a,b\n${'1,2\n'.repeat(200_000)}`);
    const file = await openReceiptFile(path, plain);
    expect(isOpen(path)).toBe(true);

    for await (const _ of file.lines) break;

    await vi.waitFor(() => expect(isOpen(path)).toBe(false));
    expect(file.progress()).toBeLessThan(1);
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['empty.csv', '', 'file-empty', 'is empty'],
    ['header.csv', 'Receipt,Article\n', 'file-empty', 'no line below'],
    ['named.csv.gz', text, 'gzip-broken', 'no gzip file, though its name says so'],
    ['quote.csv', 'a,b\n1,"open\n2,x\n', 'csv-broken', 'close the quotes'],
    ['endless.csv', `a,b\n1,"open\n${'2,x\n'.repeat(50_000)}`, 'csv-broken', 'close the quotes'],
  ])('is %s', async (name, content, code, message) => {
    await expect(read(await aFile(name, content))).rejects.toMatchObject({
      code,
      message: expect.stringContaining(message),
    });
  });

  it('is given up early where a quote would swallow the rest', async () => {
    const path = await aFile('swallowed.csv', `a,b\n1,"open\n${'2,x\n'.repeat(500_000)}`);
    const file = await openReceiptFile(path, plain).catch((error: unknown) => error);
    const { lines, progress } = file as Awaited<ReturnType<typeof openReceiptFile>>;

    await expect(collected(lines)).rejects.toMatchObject({ code: 'csv-broken' });
    expect(progress()).toBeLessThan(0.5);
  });

  it('is a packed one that was cut off', async () => {
    const packed = gzipSync(
      Array.from({ length: 50_000 }, (_, index) => `${index},${index ** 3}\n`).join(''),
    );

    await expect(
      read(await aFile('cut.csv.gz', packed.subarray(0, packed.length / 2))),
    ).rejects.toMatchObject({ code: 'gzip-broken' });
  });

  it('is a packed one with damage inside', async () => {
    const packed = gzipSync(text);
    packed.fill(0xff, 20, 40);

    await expect(read(await aFile('hurt.csv.gz', packed))).rejects.toMatchObject({ code: 'gzip-broken' });
  });

  it('is one that is not there, or a folder', async () => {
    await expect(openReceiptFile(join(folder, 'nowhere.csv'), plain)).rejects.toMatchObject({
      code: 'not-found',
    });
    await expect(openReceiptFile(folder, plain)).rejects.toMatchObject({ code: 'file-unreadable' });
  });
});
