const domain = ['shared/domain/'];
const contracts = [...domain, 'shared/contracts/'];
const ports = [...contracts, 'shared/ports/'];
const application = [...ports, 'shared/application/'];

/** From the most specific folder to the least; the first match decides. This table is the architecture. */
export const mayImport: readonly (readonly [folder: string, allowed: readonly string[]])[] = [
  ['shared/domain/campaigns/liquid-engine.ts', [...domain, 'liquidjs']],
  ['shared/domain/campaigns/template.ts', [...domain, 'liquidjs']],
  ['shared/domain/identity/normalise.ts', [...domain, 'zod', 'libphonenumber-js']],
  ['shared/domain/', [...domain, 'zod']],
  ['shared/contracts/', [...contracts, 'zod']],
  ['shared/ports/', ports],
  ['shared/application/', [...application, 'zod']],
  ['shared/adapters/aws/', [...ports, 'shared/adapters/', '@aws-sdk/', '@smithy/', 'node:', 'zod']],
  ['shared/adapters/local/', [...ports, 'shared/adapters/', 'node:', 'zod', 'csv-parse']],
  ['shared/adapters/jsonata/', [...ports, 'shared/adapters/', 'node:', 'jsonata']],
  ['shared/adapters/crypto/', [...ports, 'shared/adapters/', 'node:crypto', 'quick-lru', 'zod']],
  ['shared/adapters/', [...ports, 'shared/adapters/', 'node:', 'zod']],
  [
    'functions/_shell/',
    [
      'functions/_shell/',
      ...application,
      'shared/adapters/',
      '@middy/',
      '@aws-sdk/',
      '@aws-lambda-powertools/',
      'aws-lambda',
      'zod',
    ],
  ],
  ['functions/', ['functions/_shell/', ...application]],
  ['lib/', ['lib/', ...contracts, 'aws-cdk-lib', 'constructs', 'cdk-nag', 'esbuild', 'node:', 'zod']],
  [
    'ops/',
    [
      'ops/',
      'local/',
      'lib/',
      'shared/',
      '@aws-sdk/',
      '@aws-cdk/cloudformation-diff',
      'aws-cdk-lib',
      'cli-progress',
      'commander',
      'node:',
      'zod',
    ],
  ],
  ['bin/app.ts', ['lib/', ...contracts, 'aws-cdk-lib', 'constructs', 'cdk-nag']],
  ['bin/clientele.ts', ['ops/cli/', ...domain]],
  ['bin/deploy.ts', ['ops/deploy/', 'lib/stage-schema.ts', ...domain]],
];

/** Anchored at line starts, so that the word 'import' inside a string is not taken for one. */
const SPECIFIER =
  /^\s*(?:import|export)\b[^'"]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm;

/** What `source` imports, as paths from the root or names of packages. */
export const importsOf = (file: string, source: string): readonly string[] =>
  [...source.matchAll(SPECIFIER)].map(([, named, bare, dynamic]) =>
    toPath(file, named ?? bare ?? dynamic ?? ''),
  );

/** The imports of `source` that its folder may not have. */
export function violations(file: string, source: string): readonly string[] {
  const rule = mayImport.find(([folder]) => file.startsWith(folder));
  if (rule === undefined) return [];
  return importsOf(file, source).filter((target) => !rule[1].some((allowed) => target.startsWith(allowed)));
}

/** What domain and application must be told instead of asking for it. */
const AMBIENT =
  /\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bglobalThis\.|\bfetch\(|\bsetTimeout\(|\bcrypto\./g;

/** Uses of clock, chance, environment or network where there may be none. */
export const ambientUses = (file: string, source: string): readonly string[] =>
  /^shared\/(domain|contracts|ports|application)\//.test(file)
    ? [...source.matchAll(AMBIENT)].map(([use]) => use)
    : [];

/** A cycle through relative imports, as the files along it; undefined where there is none. */
export function findCycle(graph: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const next of graph.get(file) ?? []) {
      const cycle = visit(next, [...path, file]);
      if (cycle !== undefined) return cycle;
    }
    done.add(file);
    return undefined;
  };
  for (const file of graph.keys()) {
    const cycle = visit(file, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

const toPath = (file: string, specifier: string): string =>
  specifier.startsWith('.') ? new URL(specifier, `file:///${file}`).pathname.slice(1) : specifier;
