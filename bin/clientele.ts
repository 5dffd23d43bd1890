import { program } from '../ops/cli/program.ts';
import { ClienteleError } from '../shared/domain/kernel/errors.ts';

// Whoever reads our output may have seen enough, as `head` does.
process.stdout.on('error', (error: Error & { code?: string }) =>
  process.exit(error.code === 'EPIPE' ? 0 : 1),
);

await program()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`${error instanceof ClienteleError ? `${error.code}: ` : ''}${error.message}\n`);
    process.exitCode = 1;
  });
