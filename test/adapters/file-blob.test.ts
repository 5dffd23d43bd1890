import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { fileBlob } from '../../shared/adapters/local/file-blob.ts';
import { blobContract, linesOf } from '../contract/blob.contract.ts';

const root = mkdtempSync(join(tmpdir(), 'clientele-'));
const directory = () => join(mkdtempSync(join(root, 'blob-')), 'not', 'yet', 'there');

afterAll(() => rmSync(root, { recursive: true }));

blobContract('the file blob', async () => fileBlob(directory()));

describe('a file blob', () => {
  it('writes files that other programs read', async () => {
    const folder = directory();
    await fileBlob(folder).write('a/b.ndjson', ['1', '2']);
    await fileBlob(folder).write('a/c.ndjson.gz', ['1', '2']);

    expect(readFileSync(join(folder, 'a/b.ndjson'), 'utf8')).toBe('1\n2\n');
    expect(gunzipSync(readFileSync(join(folder, 'a/c.ndjson.gz'))).toString()).toBe('1\n2\n');
  });

  it('reads a last line without a line feed', async () => {
    const folder = directory();
    await fileBlob(folder).write('a', ['x']);

    writeFileSync(join(folder, 'a'), 'x\ny');

    expect(await linesOf(fileBlob(folder), 'a')).toEqual(['x', 'y']);
  });

  it('shows that a last character was cut', async () => {
    const folder = directory();
    await fileBlob(folder).write('a', []);
    writeFileSync(join(folder, 'a'), Buffer.from('x\nZoë').subarray(0, -1));

    expect(await linesOf(fileBlob(folder), 'a')).toEqual(['x', 'Zo\uFFFD']);
  });

  it.each(['../outside', 'a/../../outside', '/etc/passwd', 'a//b', 'a/', '', '.unfinished/a', 'a\\..\\b'])(
    'refuses the name %s, which would leave its directory',
    async (name) => {
      await expect(fileBlob(directory()).write(name, [])).rejects.toMatchObject({ code: 'invalid-name' });
      await expect(fileBlob(directory()).read(name)[Symbol.asyncIterator]().next()).rejects.toMatchObject({
        code: 'invalid-name',
      });
    },
  );

  it('says that a damaged gzip file is damaged', async () => {
    const folder = directory();
    await fileBlob(folder).write('a', ['no gzip at all']);
    renameSync(join(folder, 'a'), join(folder, 'a.gz'));

    await expect(linesOf(fileBlob(folder), 'a.gz')).rejects.toMatchObject({
      code: 'Z_DATA_ERROR',
    });
  });
});
