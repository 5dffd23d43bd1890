import { defineConfig } from 'vitest/config';
import { e2eTarget } from './test/support/e2e-target.ts';

const project = (name: string, folders: readonly string[], testTimeout: number) => ({
  extends: true as const,
  test: {
    name,
    include: folders.map((folder) => `test/${folder}/**/*.test.ts`),
    testTimeout,
    hookTimeout: testTimeout,
  },
});

/** One stage is emptied and broken on purpose by each file in turn; a service far away takes its time. */
const onStage = (name: string, folders: readonly string[], { patience }: { readonly patience: number }) => {
  const { test, ...rest } = project(name, folders, patience * 180_000);
  return { ...rest, test: { ...test, fileParallelism: false } };
};

/** What runs on this machine; with a stage deployed (`npm run e2e:aws`), what runs against that. */
const deployed = e2eTarget();

export default defineConfig({
  test: {
    projects: [
      project('unit', ['unit', 'architecture'], 60_000),
      project('adapters', ['adapters'], 60_000),
      project('stacks', ['stacks'], 180_000),
      ...(deployed === undefined
        ? [project('journeys', ['journeys', 'local-host'], 180_000)]
        : [onStage('journeys', ['journeys', 'e2e'], deployed), onStage('drills', ['drills'], deployed)]),
    ],
    coverage: {
      provider: 'v8',
      include: ['shared/domain/**', 'shared/application/**'],
      thresholds: { branches: 95 },
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
});
