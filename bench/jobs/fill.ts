import { statSync } from 'node:fs';
import { openDataDirectory } from '../../local/data-directory.ts';
import { seeded } from '../../local/demo/random.ts';
import { openMachine } from '../../local/machine.ts';
import { slotOf } from '../../shared/adapters/local/slot.ts';
import { keys } from '../../shared/contracts/keys.ts';
import { toStored } from '../../shared/domain/customers/stored-aggregate.ts';
import { dayFromIso } from '../../shared/domain/kernel/day.ts';
import { MOST_WRITES, type Write } from '../../shared/ports/table.ts';
import { memberEmail, memberNumber, memberRecord } from '../generated/members.ts';
import { job } from '../kit/job.ts';

export interface FillInput {
  readonly path: string;
  readonly customers: number;
  /** Also keeps a name and an e-mail address of everybody, sealed: what a campaign needs. */
  readonly contacts: boolean;
  /** The last day on which anybody bought, YYYY-MM-DD. */
  readonly lastDay: string;
}

export interface Filled {
  readonly seconds: number;
  readonly bytes: number;
}

/** Writes generated customers straight through the Table port, in the order in which they lie on the disk. */
await job<FillInput, Filled>(async ({ path, customers, contacts, lastDay }) => {
  const started = performance.now();
  const directory = openDataDirectory(path);
  const machine = openMachine(directory, { durable: false });
  const { table, keyring } = machine;
  const end = dayFromIso(lastDay);

  let writes: Write[] = [];
  const flush = async (): Promise<void> => {
    if (writes.length > 0) await table.commit(writes);
    writes = [];
  };
  const members = Array.from({ length: customers }, (_, n) => {
    const id = keyring.profileId('member', memberNumber(n));
    return { n, id, slot: slotOf(id) };
  });
  members.sort((a, b) => a.slot - b.slot || (a.id < b.id ? -1 : 1));
  for (const { n, id } of members) {
    const record = memberRecord(seeded(`member ${n}`), end);
    writes.push({ put: keys.aggregate(id), value: { ...toStored(record) } });
    if (contacts) {
      const at = record.enrolledAt ?? '';
      const sealed = async (field: string, text: string): Promise<Write> => ({
        put: keys.personal(id, field),
        value: { sealed: await keyring.seal(id, text), at },
      });
      writes.push(await sealed('email', memberEmail(n)), await sealed('name', `Member Number ${n}`));
    }
    if (writes.length > MOST_WRITES - 3) await flush();
  }
  await flush();
  machine.close();
  return { seconds: (performance.now() - started) / 1_000, bytes: statSync(directory.database).size };
});
