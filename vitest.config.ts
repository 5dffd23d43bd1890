import { defineConfig } from 'vitest/config';

const project = (name: string, folders: readonly string[], testTimeout: number) => ({
  extends: true as const,
  test: { name, include: folders.map((folder) => `test/${folder}/**/*.test.ts`), testTimeout },
});

export default defineConfig({
  test: {
    projects: [
      project('unit', ['unit', 'architecture'], 20_000),
      project('adapters', ['adapters'], 60_000),
      project('stacks', ['stacks'], 180_000),
      project('journeys', ['journeys'], 180_000),
    ],
    coverage: {
      provider: 'v8',
      include: ['shared/domain/**', 'shared/application/**'],
      thresholds: { branches: 95 },
      reporter: ['text-summary', 'json-summary', 'html'],
    },
  },
});
