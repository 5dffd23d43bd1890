import { stat } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { NewStage } from '../../local/data-directory.ts';
import { importMembers } from '../../shared/application/import/members/import-members.ts';
import type { ImportOptions } from '../../shared/application/import/members/import-needs.ts';
import type { MembersReport } from '../../shared/application/import/members/members-report.ts';
import { utcInstant } from '../../shared/domain/import/utc-instant.ts';
import { InvalidInput, NotFound } from '../../shared/domain/kernel/errors.ts';
import { findingsFile } from './findings-file.ts';
import { type Intake, withIntake } from './intake.ts';

export interface RunOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
  readonly report?: string;
  readonly asOf?: string;
}

/** What all imports of people share, on either host: progress, the file of findings, waiting for the fold. */
export const runImport = (
  command: Command,
  path: string,
  { dryRun = false, json = false, report, asOf }: RunOptions,
  openIn: (intake: Intake) => Pick<ImportOptions, 'open' | 'columns'>,
  newStage?: NewStage,
): Promise<MembersReport> =>
  withIntake(
    command,
    async (intake) => {
      const writtenAt = await writtenAtOf(path, asOf);
      const findings = report === undefined ? undefined : findingsFile(report);
      const bar = new SingleBar({
        format: 'Import {bar} {percentage}% | {pass}, {lines} lines',
        hideCursor: true,
        stream: process.stderr,
      });
      if (!json) bar.start(1, 0, { pass: 'looking', lines: 0 });
      let all = 0;
      try {
        const done = await importMembers(intake, {
          ...openIn(intake),
          writtenAt,
          dryRun,
          ...(findings === undefined ? {} : { note: findings.note }),
          onProgress: (pass, lines) => {
            if (pass === 1) all = lines;
            else bar.setTotal(all);
            bar.update(pass === 1 ? 0 : lines, { pass: pass === 1 ? 'looking' : 'taking', lines });
          },
        });
        if (!dryRun) await intake.settled();
        return done;
      } finally {
        bar.stop();
        findings?.close();
      }
    },
    { stage: newStage, isTrial: dryRun },
  );

async function writtenAtOf(path: string, asOf: string | undefined): Promise<string> {
  if (asOf === undefined) {
    const told = await stat(path).catch(() => undefined);
    if (told === undefined) throw new NotFound('file', path);
    return told.mtime.toISOString();
  }
  const at = utcInstant(asOf);
  if (at === undefined)
    throw new InvalidInput(
      'invalid-time',
      'as-of',
      `--as-of: '${asOf}' is no time; write 2026-03-14 or 2026-03-14T10:15:00+01:00`,
    );
  return at;
}
