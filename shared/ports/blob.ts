/**
 * Files by name. Laws (test/contract/blob.contract.ts):
 * 1. `read` answers the lines that the last finished `write` of that name got, in order.
 * 2. An unfinished write is never seen: readers find the old lines or none.
 * 3. `read` of a missing name throws NotFound.
 * 4. `list` answers all names that begin with the prefix, in order.
 */
export interface Blob {
  /** Writes text lines as they come; none may contain a line feed. */
  write(name: string, lines: AsyncIterable<string> | Iterable<string>): Promise<void>;
  read(name: string): AsyncIterable<string>;
  list(prefix: string): Promise<readonly string[]>;
}
