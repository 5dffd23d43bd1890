/** Fails to compile when a case is missing, and fails loudly if bad data gets here anyway. */
export function unreachable(value: never): never {
  throw new Error(`Unhandled case: ${JSON.stringify(value)}`);
}
