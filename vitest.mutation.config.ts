import { defineConfig } from 'vitest/config';

/** Only the tests of the folds, so that a mutant is judged in a second. */
export default defineConfig({
  test: { include: ['test/unit/shared/domain/{customers,identity}/**/*.test.ts'] },
});
