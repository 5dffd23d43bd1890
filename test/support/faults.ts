import { StoreUnavailable } from '../../shared/domain/kernel/errors.ts';
import type { Bus } from '../../shared/ports/bus.ts';
import type { Sender, Sent } from '../../shared/ports/sender.ts';
import type { Committed, Item, Table, Write } from '../../shared/ports/table.ts';

/** The process ends here: what was written stays, nothing more is. */
export class Died extends Error {}

/** What a fault does instead of a write; undefined lets it through. */
type Fault = (
  nth: number,
  writes: readonly Write[],
) => Committed | undefined | Promise<Committed | undefined>;

/** A table that asks `fault` before each commit and each add, counted together from 1; a write by itself is a commit. */
export function faulty(table: Table, fault: Fault): Table {
  let nth = 0;
  const ask = (writes: readonly Write[]) => {
    nth += 1;
    return fault(nth, writes);
  };
  const commit: Table['commit'] = async (writes) => (await ask(writes)) ?? table.commit(writes);
  return {
    ...table,
    commit,
    async writeEach(writes) {
      const failed: number[] = [];
      for (const [index, write] of writes.entries()) if (!(await commit([write])).ok) failed.push(index);
      return failed;
    },
    add: async (key, increments) => {
      await ask([]);
      return table.add(key, increments);
    },
  };
}

/** Answers the nth commits that somebody else was first. */
export const losing = (table: Table, ...lost: readonly number[]): Table =>
  faulty(table, (nth) => (lost.includes(nth) ? { ok: false, failed: [0] } : undefined));

/** Loses every race. */
export const alwaysLosing = (
  table: Table,
  unless: (writes: readonly Write[]) => boolean = () => false,
): Table => faulty(table, (_nth, writes) => (unless(writes) ? undefined : { ok: false, failed: [0] }));

/** A full disk: nothing is written from the nth write on. */
export const full = (table: Table, from = 1): Table =>
  faulty(table, (nth) => {
    if (nth >= from) throw new StoreUnavailable('disk full');
    return undefined;
  });

/** Dies just before its nth write, or just after, before anybody hears of it; the dead write no more. */
export const dying = (table: Table, at: number, when: 'before' | 'after'): Table =>
  faulty(table, async (nth, writes) => {
    if (nth < at) return undefined;
    if (nth === at && when === 'after' && writes.length > 0) await table.commit(writes);
    throw new Died();
  });

/** Lets somebody else act just before the nth write. */
export const overtaken = (table: Table, at: number, act: () => Promise<unknown>): Table =>
  faulty(table, async (nth) => {
    if (nth === at) await act();
    return undefined;
  });

/** Where reading may lag, answers for ever what stood when the key was read first. */
export function lagging(table: Table): Table {
  const first = new Map<string, Item | undefined>();
  return {
    ...table,
    async getMany(keys, reading) {
      const items = await table.getMany(keys);
      if (reading?.mayLag !== true) return items;
      return keys.map((key, index) => {
        const id = JSON.stringify([key.table, key.pk, key.sk]);
        if (!first.has(id)) first.set(id, items[index]);
        return first.get(id);
      });
    },
  };
}

/** A bus that is away. */
export const absentBus: Bus = {
  publish: () => Promise.reject(new StoreUnavailable('the bus is away')),
};

/** A sender that does what the test says, and remembers what it was given. */
export function aSender(answer: () => Promise<Sent> = async () => ({ status: 'sent', reference: 'ref' })) {
  const given: Parameters<Sender['send']>[0][] = [];
  const sender: Sender = {
    send(message) {
      given.push(message);
      return answer();
    },
  };
  return { given, sender, senders: { email: sender, sms: sender } };
}
