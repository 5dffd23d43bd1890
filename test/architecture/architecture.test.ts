import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ambientUses, findCycle, importsOf, violations } from './import-rules.ts';

const ROOTS = ['bin', 'lib', 'functions', 'shared', 'local', 'ops', 'bench'];
const MOST_LINES = 300;

const files = ROOTS.flatMap((root) =>
  readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => `${root}/${name}`),
);
const sources = new Map(files.map((file) => [file, readFileSync(file, 'utf8')]));

describe('the tree', () => {
  it('imports only downwards', () => {
    const found = [...sources].flatMap(([file, source]) =>
      violations(file, source).map((target) => `${file} -> ${target}`),
    );

    expect(found).toEqual([]);
  });

  it('asks no clock, chance, environment or network in the core', () => {
    const found = [...sources].flatMap(([file, source]) =>
      ambientUses(file, source).map((use) => `${file}: ${use}`),
    );

    expect(found).toEqual([]);
  });

  it('has no cycles', () => {
    const graph = new Map(
      [...sources].map(([file, source]) => [file, importsOf(file, withoutTypes(source))] as const),
    );

    expect(findCycle(graph)).toBeUndefined();
  });

  it(`has no file beyond ${MOST_LINES} lines`, () => {
    const long = [...sources]
      .filter(([, source]) => source.split('\n').length > MOST_LINES + 1)
      .map(([file]) => file);

    expect(long).toEqual([]);
  });
});

/** Imports of types alone vanish before anything runs; they cannot make a cycle. */
const withoutTypes = (source: string): string => source.replaceAll(/^import type [^;]+;/gm, '');

describe('the rules themselves', () => {
  it.each([
    ['shared/domain/x.ts', "import { Stack } from 'aws-cdk-lib';", ['aws-cdk-lib']],
    ['shared/domain/x.ts', "import { keys } from '../contracts/keys.ts';", ['shared/contracts/keys.ts']],
    [
      'shared/application/ingest/x.ts',
      "import { a } from '../../adapters/local/database.ts';",
      ['shared/adapters/local/database.ts'],
    ],
    [
      'functions/ingest/x/handler.ts',
      "export { y } from '../../../shared/adapters/aws/y.ts';",
      ['shared/adapters/aws/y.ts'],
    ],
    ['lib/x.ts', "const z = await import('../shared/application/z.ts');", ['shared/application/z.ts']],
    ['shared/domain/x.ts', "import 'node:fs';", ['node:fs']],
  ])('report a planted violation in %s', (file, source, expected) => {
    expect(violations(file, source)).toEqual(expected);
  });

  it('report a planted clock and a planted cycle', () => {
    expect(ambientUses('shared/domain/x.ts', 'const t = Date.now();')).toEqual(['Date.now(']);
    expect(
      findCycle(
        new Map([
          ['a', ['b']],
          ['b', ['c']],
          ['c', ['a']],
        ]),
      ),
    ).toEqual(['a', 'b', 'c', 'a']);
  });
});
