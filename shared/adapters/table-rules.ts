import type { Key } from '../contracts/key.ts';
import type { Clock } from '../ports/clock.ts';
import { MOST_WRITES, type Query, type Scan, type Value, type Write } from '../ports/table.ts';

/** What every table checks and computes alike, so that the adapters only translate. */

export const keyOf = (write: Write): Key => ('put' in write ? write.put : write.remove);

/** Neither part of a key may be empty: DynamoDB takes no such key. */
export function checkKey({ table, pk, sk }: Key): void {
  if (pk === '' || sk === '')
    throw new RangeError(`A key of ${table} needs a pk and an sk, not '${pk}' and '${sk}'`);
}

/** Law 9. */
export function checkWrites(writes: readonly Write[]): void {
  if (writes.length < 1 || writes.length > MOST_WRITES) {
    throw new RangeError(`A commit takes 1 to ${MOST_WRITES} writes, not ${writes.length}`);
  }
  checkKeysOf(writes);
}

/** Law 11: of two writes of one key, nobody could say which comes last. */
export function checkKeysOf(writes: readonly Write[]): void {
  for (const write of writes) checkKey(keyOf(write));
  const names = new Set(writes.map(keyOf).map(({ table, pk, sk }) => `${table} ${pk.length} ${pk}${sk}`));
  if (names.size < writes.length) throw new RangeError('Writes that go together name each key once');
}

export function checkQuery({ limit }: Query): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > 1_000) {
    throw new RangeError(`A query's limit is 1 to 1,000, not ${limit}`);
  }
}

export function checkScan({ segment, of, limit }: Scan): void {
  const whole = [segment, of, limit].every(Number.isInteger);
  if (!whole || limit < 1 || segment < 0 || segment >= of) {
    throw new RangeError(
      `A scan reads segment 0 to of - 1 by a limit of at least 1, not ${segment} of ${of} by ${limit}`,
    );
  }
}

export function checkIncrements(increments: Readonly<Record<string, number>>): void {
  for (const [name, increment] of Object.entries(increments)) {
    if (name === '') throw new RangeError('A number to raise needs a name');
    if (!Number.isFinite(increment))
      throw new RangeError(`${name} can be raised by a finite number, not by ${increment}`);
  }
}

/** Epoch seconds: an item is gone when its expiry is less than this. */
export const secondsOf = (clock: Clock): number => Date.parse(clock()) / 1_000;

/** Law 7: the numbers of `increments`, raised. */
export const raised = (value: Value, increments: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(increments).map(([name, increment]) => {
      const before = value[name];
      return [name, (typeof before === 'number' ? before : 0) + increment];
    }),
  );
