/** Divides an amount over things in proportion to their worth, to the last cent; none gets more than it is worth. */
export function spread<Part>(
  amount: number,
  parts: readonly Part[],
  worth: (part: Part) => number,
): (readonly [part: Part, share: number])[] {
  const whole = parts.reduce((sum, part) => sum + worth(part), 0);
  if (whole === 0) return parts.map((part) => [part, 0]);
  let before = 0;
  let given = 0;
  return parts.map((part) => {
    before += worth(part);
    // Rounded down along the running sum, so each gets the difference and all of them the whole.
    const until = Number((BigInt(amount) * BigInt(before)) / BigInt(whole));
    const own = until - given;
    given = until;
    return [part, own];
  });
}
