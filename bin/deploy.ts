import { InvalidStages } from '../lib/stage-schema.ts';
import { ClienteleError } from '../shared/domain/kernel/errors.ts';

try {
  // Reads lib/stages.ts, which may be what needs mending.
  const { deployProgram } = await import('../ops/deploy/program.ts');
  await deployProgram().parseAsync();
} catch (error) {
  if (!(error instanceof ClienteleError || error instanceof InvalidStages)) throw error;
  process.stderr.write(`${error.code}: ${error.message}\n`);
  process.exitCode = 1;
}
