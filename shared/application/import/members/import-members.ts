import { keys } from '../../../contracts/keys.ts';
import { likenesses, likenessesOf } from '../../../domain/identity/likeness.ts';
import type { Reading, Said } from '../../../domain/import/members/said.ts';
import { kindOf, type ProfileId } from '../../../domain/kernel/ids.ts';
import type { Keyring } from '../../../ports/keyring.ts';
import type { Sighting } from '../../../ports/sightings.ts';
import type { Table } from '../../../ports/table.ts';
import { inBatches } from './batches.ts';
import { ABOUT, BATCH_LINES, type ImportDeps, type ImportOptions } from './import-needs.ts';
import { type Identified, identify } from './member-events.ts';
import { type MembersReport, type MembersReporting, membersReporting } from './members-report.ts';
import { takeLines } from './take-lines.ts';

/**
 * Brings people in from a file. It is read twice: first to find what stands on several lines, so that no order of
 * lines changes what comes out; then to take it. Doing it again changes nothing.
 */
export async function importMembers(deps: ImportDeps, options: ImportOptions): Promise<MembersReport> {
  const { open, dryRun, note = () => {}, onProgress = () => {} } = options;
  const reporting = membersReporting(dryRun, note);
  for await (const batch of inBatches(open(), BATCH_LINES)) {
    await look(deps, batch, reporting);
    onProgress(1, reporting.report.lines);
  }
  await takeLines(deps, options, reporting, onProgress);
  await tellLikenesses(deps, options, reporting);
  return reporting.report;
}

async function look(
  { table, keyring, stage, sightings }: ImportDeps,
  batch: readonly Reading[],
  { report }: MembersReporting,
): Promise<void> {
  report.lines += batch.length;
  const people = batch.flatMap((reading) => {
    const { identified } = reading.kind === 'said' ? identify(keyring, stage, reading) : {};
    return identified === undefined ? [] : [identified];
  });
  sightings.see(people.flatMap((one) => sightingsOf(keyring, one)));
  report.known += await countKnown(table, people);
}

function sightingsOf(keyring: Keyring, { said, profiles, about, digest }: Identified): Sighting[] {
  const { line, saidAt = '' } = said;
  const own = { list: ABOUT, key: `${about} ${saidAt}`, subject: digest.slice(0, 40), line };
  const subject = profiles.find((id) => kindOf(id) === 'member');
  if (subject === undefined) return [own];
  return [
    own,
    ...likenessesOf(looksOf(said, profiles)).map(([list, text]) => ({
      list,
      key: keyring.secretDigest(text).slice(0, 40),
      subject,
      line,
    })),
  ];
}

function looksOf({ details }: Said, profiles: readonly ProfileId[]) {
  const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
  const profile = (kind: 'phone' | 'email') => profiles.find((id) => kindOf(id) === kind);
  const { address } = details;
  return {
    name: text(details['name']),
    birthday: text(details['birthday']),
    postcode: text(
      typeof address === 'object' && address !== null && 'postcode' in address ? address.postcode : undefined,
    ),
    phone: profile('phone'),
    email: profile('email'),
  };
}

/** Somebody is known who has a record, or belongs to somebody who has. */
async function countKnown(table: Table, people: readonly Identified[]): Promise<number> {
  const wanted = people.flatMap(({ profiles }) =>
    profiles.flatMap((id) => [keys.aggregate(id), keys.membership(id)]),
  );
  const items = await table.getMany(wanted, { mayLag: true });
  const known = new Set(items.flatMap((item) => (item === undefined ? [] : [item.pk])));
  return people.filter(({ profiles }) => profiles.some((id) => known.has(id))).length;
}

/** A phone with more member numbers is shared by many; nobody merges those by hand. */
const MOST_PROPOSED = 10;

async function tellLikenesses(
  { sightings, propose }: ImportDeps,
  { dryRun }: ImportOptions,
  { report, resemble }: MembersReporting,
): Promise<void> {
  for (const likeness of likenesses) {
    for (const { lines, subjects } of sightings.shared(likeness)) {
      const apart = subjects.flatMap((subject, index) =>
        subjects.indexOf(subject) === index
          ? [{ subject: subject as ProfileId, line: lines[index] ?? 0 }]
          : [],
      );
      resemble(
        likeness,
        apart.map(({ line }) => line),
      );
      if (dryRun || likeness !== 'name-and-phone') continue;
      const [first, ...others] = apart;
      for (const other of others.slice(0, MOST_PROPOSED))
        if (first !== undefined && (await propose([first.subject, other.subject], [first.line, other.line])))
          report.proposed += 1;
    }
  }
}
