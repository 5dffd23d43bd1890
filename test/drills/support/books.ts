import { type Audit, auditRecords } from '../../../shared/application/customers/audit.ts';
import { everyItem } from '../../../shared/application/customers/every-item.ts';
import { readStatus, type Status } from '../../../shared/application/customers/status.ts';
import type { StageSettings } from '../../../shared/contracts/stage.ts';
import type { Digest } from '../../../shared/ports/digest.ts';
import type { Table } from '../../../shared/ports/table.ts';
import { memoryMachine, tell } from '../../support/memory-machine.ts';

/** Everything that a stage has counted, every fact that it keeps, and whether they agree. */
interface Books {
  readonly status: Status;
  readonly facts: readonly string[];
  readonly findings: Audit['findings'];
}

/** What came in between two looks at the books, to the cent. Nothing that stayed as it was is in it. */
export interface Growth {
  readonly counts: Counts;
  /** Time and name of each fact that is new. */
  readonly facts: readonly string[];
  /** The state hash is a sum over records, so its difference is the hash of what is new. */
  readonly stateHash: string;
  /** What does not hold together in the records; nothing, ever. */
  readonly findings: Counts;
}

interface Shop {
  readonly table: Table;
  readonly digest: Digest;
  readonly stage: StageSettings;
}

export async function readBooks(shop: Shop): Promise<Books> {
  const { findings } = await auditRecords(shop);
  return { status: await readStatus(shop), facts: await factsIn(shop.table), findings };
}

async function factsIn(table: Table): Promise<string[]> {
  const facts: string[] = [];
  for await (const { sk } of everyItem(table, 'facts')) if (sk.startsWith('fact#')) facts.push(sk);
  return facts;
}

export function growth(before: Books, after: Books): Growth {
  const old = new Set(before.facts);
  const hash = BigInt(`0x${after.status.stateHash}`) - BigInt(`0x${before.status.stateHash}`);
  return {
    counts: grown(flat(before.status), flat(after.status)),
    facts: after.facts.filter((fact) => !old.has(fact)).sort(),
    stateHash: BigInt.asUintN(256, hash).toString(16),
    findings: grown(before.findings, after.findings),
  };
}

type Counts = Readonly<Record<string, number>>;

const grown = (before: Counts, after: Counts): Counts =>
  Object.fromEntries(
    Object.entries(after)
      .map(([name, count]) => [name, count - (before[name] ?? 0)] as const)
      .filter(([, count]) => count !== 0),
  );

/** { amounts: { EUR: { net: 5 } } } → { 'amounts EUR net': 5 } */
function flat(value: object, path: readonly string[] = []): Counts {
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, one]): [string, number][] => {
      if (typeof one === 'number') return [[[...path, name].join(' '), one]];
      return typeof one === 'object' && one !== null ? Object.entries(flat(one, [...path, name])) : [];
    }),
  );
}

/** What the same events do on a machine where nothing ever fails. */
export async function calmly(stage: StageSettings, events: readonly unknown[]): Promise<Growth> {
  const machine = memoryMachine(stage);
  const before = await readBooks(machine);
  await tell(machine, ...events);
  return growth(before, await readBooks(machine));
}
