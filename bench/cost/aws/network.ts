/** How long a function waits for others. Here they are next door, so every call is given the time it takes on AWS. */
export interface Network {
  /** Runs a call that takes so many milliseconds there. */
  during<T>(millis: number, call: () => Promise<T>): Promise<T>;
  /** Milliseconds of waiting since the last time. */
  take(): number;
}

/** Calls that were under way together count as one after the other divided by how many there were at most. */
export function network(): Network {
  let total = 0;
  let busy = { calls: 0, most: 0, millis: 0, longest: 0 };
  return {
    async during(millis, call) {
      const now = busy;
      now.calls += 1;
      now.most = Math.max(now.most, now.calls);
      now.millis += millis;
      now.longest = Math.max(now.longest, millis);
      try {
        return await call();
      } finally {
        now.calls -= 1;
        if (now.calls === 0) {
          total += Math.max(now.longest, now.millis / now.most);
          busy = { calls: 0, most: 0, millis: 0, longest: 0 };
        }
      }
    },
    take() {
      const taken = total;
      total = 0;
      return taken;
    },
  };
}
