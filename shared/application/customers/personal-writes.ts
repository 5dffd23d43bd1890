import type { Key } from '../../contracts/key.ts';
import { keys } from '../../contracts/keys.ts';
import type { AcceptedEvent } from '../../domain/events/event.ts';
import type { Table, Write } from '../../ports/table.ts';

interface Sealed {
  readonly key: Key;
  readonly sealed: string;
  readonly at: string;
}

/** Puts for the vault: of each field the latest word, still sealed; older words are passed over. */
export async function personalWrites(table: Table, events: readonly AcceptedEvent[]): Promise<Write[]> {
  const latest = new Map<string, Sealed>();
  for (const { profile, sealed = {}, occurredAt } of events) {
    for (const [field, text] of Object.entries(sealed)) {
      if (profile === undefined) continue;
      const key = keys.personal(profile, field);
      const known = latest.get(key.sk);
      if (known === undefined || known.at < occurredAt)
        latest.set(key.sk, { key, sealed: text, at: occurredAt });
    }
  }
  if (latest.size === 0) return [];
  const said = [...latest.values()];
  const kept = await table.getMany(said.map(({ key }) => key));
  return said.flatMap(({ key, sealed, at }, index): Write[] => {
    const item = kept[index];
    if (item !== undefined && String(item.value['at']) >= at) return [];
    return [
      { put: key, value: { sealed, at }, if: item === undefined ? 'absent' : { version: item.version } },
    ];
  });
}
