import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import type { FunctionName } from './function-needs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const handlerFile = (name: FunctionName): string => `functions/${name}/handler.ts`;

/**
 * How every function is bundled: one file with the SDK inside. CommonJS, since parts of the SDK call
 * `require`, which an ES module would have to be given first. The map gives stack traces their lines back.
 */
export const bundleOptions = (name: FunctionName, outdir: string) =>
  ({
    absWorkingDir: root,
    entryPoints: { index: handlerFile(name) },
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './functions/_shell/credentials.ts' },
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  }) as const satisfies BuildOptions;
