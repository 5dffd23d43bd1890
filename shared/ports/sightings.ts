/** Something that was seen on a line of a file. Equal keys belong together; neither key nor subject is personal. */
export interface Sighting {
  readonly list: string;
  readonly key: string;
  readonly subject: string;
  readonly line: number;
}

/** A line whose key was seen on other lines too. */
export interface Repeat {
  readonly line: number;
  /** The first line with that key. */
  readonly first: number;
  /** Do its lines have more than one subject? */
  readonly differs: boolean;
}

/** Lines of different subjects with one key. */
export interface Shared {
  readonly lines: readonly number[];
  /** In the order of `lines`. */
  readonly subjects: readonly string[];
}

/**
 * Finds what stands on several lines of a file, in memory that their number does not touch. Laws
 * (test/adapters/sightings.test.ts):
 * 1. The answers do not depend on the order in which things were seen.
 * 2. `repeats` answers every line of a key that was seen on more than one, by line.
 * 3. `shared` answers every key with more than one subject once, by its first line; of each the first hundred lines.
 */
export interface Sightings {
  see(sightings: readonly Sighting[]): void;
  repeats(list: string): Iterable<Repeat>;
  shared(list: string): Iterable<Shared>;
  close(): void;
}
