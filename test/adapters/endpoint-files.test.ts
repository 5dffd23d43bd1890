import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endpointFiles, endpointLines } from '../../shared/adapters/local/endpoint-files.ts';
import { collected } from '../builders/receipt-csv.ts';
import { temporaryDirectory } from '../support/local-host.ts';

function anExport(files: Readonly<Record<string, string | Uint8Array>>): string {
  const { path, remove } = temporaryDirectory();
  onTestFinished(remove);
  mkdirSync(join(path, 'sub'));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(path, name), content);
  return path;
}

const read = async (path: string) => collected(endpointLines(await endpointFiles(path)));

describe('an export of endpoints', () => {
  it('is all parts of a directory, packed or not, JSON or CSV, counted through by name, as an editor counts', async () => {
    const path = anExport({
      'a.json.gz': gzipSync('{"Id":"1"}\n\n{"Id":"2"}'),
      'b.json': '',
      'c.json': '{"Id":"3"}\nnot json\n',
      'sub/d.csv': 'Id,Address,ChannelType\n4,x,EMAIL\n',
      _SUCCESS: '',
      '.hidden': '',
    });

    const lines = await read(join(path, 'a.json.gz'));
    expect(lines).toEqual([
      { number: 1, raw: { Id: '1' } },
      { number: 3, raw: { Id: '2' } },
    ]);
    expect(await read(path)).toEqual([
      ...lines,
      { number: 4, raw: { Id: '3' } },
      { number: 5, raw: undefined },
      { number: 7, raw: expect.objectContaining({ Id: '4', ChannelType: 'EMAIL' }) },
    ]);
  });

  it.each([
    ['nothing in it', {}, 'file-empty'],
    ['something else in it', { 'read.me': 'hello\n' }, 'no-export'],
    ['JSON over several lines', { 'a.json': '{\n  "Id": "1"\n}' }, 'not-lines'],
    ['a line without an end', { 'a.json': `{"Id":"${'x'.repeat(1_100_000)}"}` }, 'line-too-long'],
    [
      'packing that was cut off',
      { 'a.json.gz': gzipSync('{"Id":"1"}\n'.repeat(5_000)).subarray(0, 60) },
      'gzip-broken',
    ],
  ])('with %s says so', async (_, files, code) => {
    await expect(read(anExport(files))).rejects.toMatchObject({ code });
  });

  it('that is not there says so', async () => {
    await expect(endpointFiles('/nowhere/at/all')).rejects.toMatchObject({ code: 'not-found' });
  });
});
