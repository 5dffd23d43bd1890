import { buildSync } from 'esbuild';
import { bundleOptions } from '../../../lib/bundling.ts';
import type { FunctionName } from '../../../lib/function-needs.ts';
import { keys } from '../../../shared/contracts/keys.ts';

export type KeyKind = keyof typeof keys;

const kinds = Object.keys(keys) as KeyKind[];

/** The use cases in a function's bundle, without what the bundler found unused. */
function useCasesOf(name: FunctionName): string {
  const { outputFiles } = buildSync({
    ...bundleOptions(name, 'unwritten'),
    minify: false,
    sourcemap: false,
    write: false,
  });
  const modules = outputFiles
    .map(({ text }) => text)
    .join('\n')
    .split(/^\/\/ (?=\S+\.[jt]s$)/m);
  return modules.filter((module) => module.startsWith('shared/application/')).join('\n');
}

const known = new Map<FunctionName, readonly KeyKind[]>();

/** Which kinds of items (shared/contracts/keys.ts) a function's code speaks of. */
export function keysNamedBy(name: FunctionName): readonly KeyKind[] {
  const before = known.get(name);
  if (before !== undefined) return before;
  const code = useCasesOf(name);
  const named = kinds.filter((kind) => new RegExp(`\\bkeys\\d*\\.${kind}\\b`).test(code));
  known.set(name, named);
  return named;
}
