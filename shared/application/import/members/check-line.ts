import type { RefusedIdentifier } from '../../../domain/identity/normalise.ts';
import type { Reading, Said } from '../../../domain/import/members/said.ts';
import type { RawEvent } from '../../../domain/import/raw-event.ts';
import { InvalidInput } from '../../../domain/kernel/errors.ts';
import { kindOf } from '../../../domain/kernel/ids.ts';
import { unreachable } from '../../../domain/kernel/unreachable.ts';
import type { Repeat } from '../../../ports/sightings.ts';
import { eventReader, type ReadEvent } from '../../ingest/read-incoming.ts';
import type { ImportDeps, ImportOptions } from './import-needs.ts';
import { type Identified, identify, memberEvents } from './member-events.ts';
import type { MembersReporting } from './members-report.ts';

/** A line that passed every check. */
export interface Candidate {
  readonly person: Identified;
  readonly events: readonly RawEvent[];
  readonly read: readonly ReadEvent[];
}

const SOURCE = 'import';

/** Checks lines as the door would, and reports what cannot be taken. */
export function lineChecker(
  { keyring, stage, clock }: ImportDeps,
  { writtenAt, columns = {} }: ImportOptions,
  reporting: MembersReporting,
) {
  const readAtDoor = eventReader({ keyring, stage });
  const { report, refuse, leaveOut, passOver, repeat } = reporting;

  /** The events of a line, where the door would take them. */
  const atTheDoor = (person: Identified): Candidate | undefined => {
    const events = memberEvents(keyring, person, writtenAt);
    const now = clock();
    const read: ReadEvent[] = [];
    for (const event of events) {
      try {
        read.push(...readAtDoor(event, SOURCE, now));
      } catch (error) {
        if (!(error instanceof InvalidInput)) throw error;
        return void refuse({ line: person.said.line, ...untaken(error, event, person, columns) });
      }
    }
    return { person, events, read };
  };

  const count = ({ said, ids }: Identified, refused: readonly RefusedIdentifier[]): void => {
    const { line, leftOut, consents } = said;
    for (const fault of leftOut) leaveOut({ line, ...fault });
    for (const { code, kind, detail } of refused)
      leaveOut({
        line,
        code,
        column: columns[kind] ?? kind,
        message: `${kind} ${detail}; the line was taken without it`,
      });
    report.phones += 'phone' in ids ? 1 : 0;
    report.emails += 'email' in ids ? 1 : 0;
    for (const { channel, status } of consents) reporting.consented(channel, status);
    if (!consents.some(({ status }) => status === 'granted')) report.withoutConsent += 1;
  };

  const checkSaid = (said: Said, twin: Repeat | undefined): Candidate | undefined => {
    const { line } = said;
    const { identified, refused } = identify(keyring, stage, said);
    if (identified === undefined) return void refuse({ line, ...nobody(refused, columns) });
    if (twin?.differs) return void refuse({ line, ...contradicted(identified, twin.first, columns) });
    if (twin !== undefined && twin.first !== line) return void repeat(line, twin.first);
    const candidate = atTheDoor(identified);
    if (candidate !== undefined) count(identified, refused);
    return candidate;
  };

  return (reading: Reading, twin: Repeat | undefined): Candidate | undefined => {
    switch (reading.kind) {
      case 'unread':
        return void refuse(findingOf(reading));
      case 'passed-over':
        return void passOver(findingOf(reading));
      case 'said':
        return checkSaid(reading, twin);
      default:
        return unreachable(reading);
    }
  };
}

const findingOf = ({
  line,
  code,
  column,
  message,
}: Extract<Reading, { kind: 'unread' | 'passed-over' }>) => ({
  line,
  code,
  column,
  message,
});

type Columns = NonNullable<ImportOptions['columns']>;

const nobody = (refused: readonly RefusedIdentifier[], columns: Columns) => ({
  code: 'nobody',
  column: refused.map(({ kind }) => columns[kind] ?? kind).join(', '),
  message:
    refused.length === 0
      ? 'the line has neither member number, phone nor another identifier; fill one of them in'
      : `nothing says who it is: ${refused.map(({ kind, detail }) => `${kind} ${detail}`).join('; ')}`,
});

const contradicted = ({ profiles: [strongest] }: Identified, first: number, columns: Columns) => {
  const kind = kindOf(strongest) ?? 'member';
  return {
    code: 'contradicted',
    column: columns[kind] ?? kind,
    message: `the file says different things of one ${kind === 'member' ? 'member number' : 'person'} without saying which came later (first on line ${first}); leave one of the lines, or map updatedAt`,
  };
};

/** What the door says of a time is about a cell, where one gave it. */
function untaken(
  { code, message }: InvalidInput,
  { type }: RawEvent,
  { said }: Identified,
  columns: Columns,
) {
  const isTime = code === 'occurred-too-early' || code === 'occurred-in-future';
  const field =
    type === 'member.enrolled' ? 'enrolledAt' : said.saidAt === undefined ? undefined : 'updatedAt';
  const column = isTime && type !== 'consent.changed' && field !== undefined ? columns[field] : undefined;
  const when = code === 'occurred-too-early' ? 'before the history of the stage starts' : 'still to come';
  return column === undefined
    ? { code, column: '', message }
    : { code, column, message: `${column}: is ${when}; mend the date, or its format in the mapping` };
}
