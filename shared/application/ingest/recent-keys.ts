/** Remembers the names of the latest events with their digests, so that a quick second telling is seen. */
export interface RecentKeys {
  digestOf(name: string): string | undefined;
  remember(names: readonly string[], digest: string): void;
}

/** Keeps the latest `capacity` names; the oldest go first. */
export function recentKeys(capacity = 100_000): RecentKeys {
  const digests = new Map<string, string>();
  return {
    digestOf: (name) => digests.get(name),
    remember(names, digest) {
      for (const name of names) digests.set(name, digest);
      for (const oldest of digests.keys()) {
        if (digests.size <= capacity) break;
        digests.delete(oldest);
      }
    },
  };
}
