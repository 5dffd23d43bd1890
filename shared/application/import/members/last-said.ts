import { keys } from '../../../contracts/keys.ts';
import type { Table, Write } from '../../../ports/table.ts';
import type { Answer } from '../import-report.ts';
import type { Candidate } from './check-line.ts';
import { lastSaidKey } from './member-events.ts';

/** Those of whom the file says something else than the last one did. */
export async function changedOf(
  table: Table,
  candidates: readonly Candidate[],
): Promise<readonly Candidate[]> {
  const last = await table.getMany(
    candidates.map(({ person }) => lastSaidKey(person)),
    { mayLag: true },
  );
  return candidates.filter(({ person }, index) => last[index]?.value['digest'] !== person.digest);
}

/** What the door would answer. */
export async function foretell(table: Table, candidates: readonly Candidate[]): Promise<readonly Answer[]> {
  const names = candidates.flatMap(({ read }) => read.map(({ event }) => keys.marker(event.keys[0])));
  const markers = await table.getMany(names, { mayLag: true });
  return markers.map((marker) => ({ status: marker === undefined ? 'accepted' : 'duplicate' }));
}

/** The latest word stays, whichever file is imported later. */
export async function remember(
  table: Table,
  kept: readonly Candidate[],
  writtenAt: string,
  now: string,
): Promise<void> {
  const latest = new Map<string, Candidate>();
  const timeOf = ({ person }: Candidate) => person.said.saidAt ?? writtenAt;
  for (const candidate of kept) {
    const { pk, sk } = lastSaidKey(candidate.person);
    const known = latest.get(`${pk} ${sk}`);
    if (known === undefined || timeOf(known) < timeOf(candidate)) latest.set(`${pk} ${sk}`, candidate);
  }
  const said = [...latest.values()];
  const before = await table.getMany(said.map(({ person }) => lastSaidKey(person)));
  const writes = said.flatMap((candidate, index): Write[] => {
    const at = timeOf(candidate);
    if (String(before[index]?.value['at'] ?? '') > at) return [];
    return [
      { put: lastSaidKey(candidate.person), value: { digest: candidate.person.digest, at, importedAt: now } },
    ];
  });
  if (writes.length > 0) await table.writeEach(writes);
}
