import { defineConfig } from 'vitest/config';

/** Only the tests of the folds and of returns, in one thread without walls, so that a mutant is judged in a second. */
export default defineConfig({
  test: {
    include: ['test/unit/shared/domain/{customers,identity,returns}/**/*.test.ts'],
    // Examples judge these; the laws would take longer than all the rest.
    exclude: ['test/unit/shared/domain/returns/*.laws.test.ts'],
    pool: 'threads',
    isolate: false,
  },
});
