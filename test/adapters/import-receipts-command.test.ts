import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { aMappingFile, aRow } from '../builders/receipt-csv.ts';
import { clientele } from '../support/command-line.ts';
import { temporaryDirectory } from '../support/local-host.ts';

describe('clientele import receipts', () => {
  const { path, remove } = temporaryDirectory();
  afterAll(remove);
  const [data, file, mapping, refused] = ['data', 'a.csv', 'map.json', 'refused.csv'].map((name) =>
    join(path, name),
  ) as [string, string, string, string];
  const rows = [
    aRow(),
    aRow({ Receipt: 'far', Time: '2099-01-01 10:00:00' }),
    ...Array.from({ length: 120 }, (_, n) => aRow({ Receipt: `bad-${n}`, Pieces: 'some' })),
  ];
  writeFileSync(mapping, JSON.stringify(aMappingFile));
  writeFileSync(
    file,
    [Object.keys(aRow()), ...rows.map((row) => Object.values(row))].map((cells) => `${cells}\n`).join(''),
  );
  const importIt = (...more: string[]) =>
    clientele(data, 'import', 'receipts', file, '--map', mapping, ...more);

  it('tells by a trial run what the real one does, and writes every refusal with its line', async () => {
    const dry = await importIt('--dry-run', '--report', refused);
    const lines = readFileSync(refused, 'utf8').trimEnd().split('\n');
    expect(existsSync(data)).toBe(false);
    const real = await importIt();

    expect(dry.code).toBe(0);
    expect(dry.stdout).toContain(
      'Accepted 1, known before 0, refused: not-a-number 120, occurred-in-future 1.',
    );
    expect(dry.stdout).toContain('… and 21 more; --report');
    expect(lines).toHaveLength(122);
    expect(lines).toContainEqual(expect.stringMatching(/^"3","refused","occurred-in-future",/));
    expect(real.stdout).toBe(dry.stdout);
  });
});
