import { fileURLToPath } from 'node:url';
import type { BuildOptions } from 'esbuild';
import { type FunctionName, functionNeeds } from './function-needs.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

export const handlerFile = (name: FunctionName): string => `functions/${name}/handler.ts`;

/** What a function's bundle consists of: itself, and the thread that its mappings run in. */
const entriesOf = (name: FunctionName) => ({
  index: handlerFile(name),
  ...(functionNeeds[name].mapper === true
    ? { 'mapping-thread': 'shared/adapters/jsonata/mapping-thread.ts' }
    : {}),
});

/**
 * How every function is bundled: one file with the SDK inside. CommonJS, since parts of the SDK call
 * `require`, which an ES module would have to be given first. The map gives stack traces their lines back.
 */
export const bundleOptions = (name: FunctionName, outdir: string) =>
  ({
    absWorkingDir: root,
    entryPoints: entriesOf(name),
    outdir,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    mainFields: ['module', 'main'],
    alias: {
      '@aws-sdk/credential-provider-node': './functions/_shell/credentials.ts',
      '@smithy/core/event-streams': './functions/_shell/event-streams.ts',
    },
    // CommonJS has no import.meta; whoever looks for a file beside itself looks beside the bundle.
    define: { 'import.meta.url': 'bundleUrl' },
    banner: { js: "'use strict'; const bundleUrl = require('node:url').pathToFileURL(__filename).href;" },
    legalComments: 'none',
    sourcemap: 'linked',
    sourcesContent: false,
    logLevel: 'error',
  }) as const satisfies BuildOptions;
