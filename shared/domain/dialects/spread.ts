/** Divides an amount over parts in proportion, to the last cent; no part gets more than it is. */
export function spread(amount: number, parts: readonly number[]): number[] {
  const whole = parts.reduce((sum, part) => sum + part, 0);
  if (whole === 0) return parts.map(() => 0);
  let before = 0;
  let given = 0;
  return parts.map((part) => {
    before += part;
    // Rounded down along the running sum, so each gets the difference and all of them the whole.
    const until = Number((BigInt(amount) * BigInt(before)) / BigInt(whole));
    const own = until - given;
    given = until;
    return own;
  });
}
