import type { Repeat } from '../../../ports/sightings.ts';
import { inBatches } from './batches.ts';
import { type Candidate, lineChecker } from './check-line.ts';
import { ABOUT, BATCH_LINES, type ImportDeps, type ImportOptions } from './import-needs.ts';
import { changedOf, foretell, remember } from './last-said.ts';
import type { MembersReporting } from './members-report.ts';

/** The second reading: checks each line as the door would, and takes what is new. */
export async function takeLines(
  deps: ImportDeps,
  options: ImportOptions,
  reporting: MembersReporting,
  onProgress: (pass: 1 | 2, lines: number) => void,
): Promise<void> {
  const check = lineChecker(deps, options, reporting);
  const repeatOf = followed(deps.sightings.repeats(ABOUT));
  let lines = 0;
  for await (const batch of inBatches(options.open(), BATCH_LINES)) {
    const candidates = batch.flatMap((reading) => check(reading, repeatOf(reading.line)) ?? []);
    await takeFresh(deps, options, candidates, reporting);
    lines += batch.length;
    onProgress(2, lines);
  }
}

/** Answers for lines in rising order what is known of them, holding one at a time. */
function followed(repeats: Iterable<Repeat>): (line: number) => Repeat | undefined {
  const left = repeats[Symbol.iterator]();
  let next = left.next();
  return (line) => {
    while (!next.done && next.value.line < line) next = left.next();
    return !next.done && next.value.line === line ? next.value : undefined;
  };
}

/** Takes what the files did not say before, and remembers that they did. */
async function takeFresh(
  { table, take, clock }: ImportDeps,
  { dryRun, writtenAt }: ImportOptions,
  candidates: readonly Candidate[],
  { report, refuse, took }: MembersReporting,
): Promise<void> {
  const changed = await changedOf(table, candidates);
  report.unchanged += candidates.length - changed.length;
  const sent = changed.flatMap(({ events }) => events);
  const answers = dryRun ? await foretell(table, changed) : sent.length === 0 ? [] : await take(sent);
  const kept: Candidate[] = [];
  let place = 0;
  for (const candidate of changed) {
    const own = answers.slice(place, place + candidate.events.length);
    place += candidate.events.length;
    const rejected = own.find(({ status }) => status === 'rejected');
    if (rejected !== undefined) {
      const { code = 'rejected', detail, path = '' } = rejected;
      refuse({ line: candidate.person.said.line, code, column: '', message: detail ?? path });
      continue;
    }
    kept.push(candidate);
    const fresh = candidate.events.filter((_, index) => own[index]?.status === 'accepted');
    if (fresh.length === 0) report.unchanged += 1;
    else took(fresh);
  }
  if (!dryRun && kept.length > 0) await remember(table, kept, writtenAt, clock());
}
