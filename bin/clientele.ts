import { program } from '../local/cli/program.ts';
import { ClienteleError } from '../shared/domain/kernel/errors.ts';

await program()
  .parseAsync()
  .catch((error: unknown) => {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`${error instanceof ClienteleError ? `${error.code}: ` : ''}${error.message}\n`);
    process.exitCode = 1;
  });
