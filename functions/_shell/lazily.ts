/**
 * Makes it on first use and keeps it; what could not be made is tried again at the next use. The mark
 * tells the bundler to leave out whatever a function does not use, clients and all.
 */
/* @__NO_SIDE_EFFECTS__ */
export function lazily<T>(make: () => T): () => T {
  let kept: { readonly made: T } | undefined;
  return () => {
    if (kept !== undefined) return kept.made;
    const made = make();
    kept = { made };
    if (made instanceof Promise) {
      made.catch(() => {
        kept = undefined;
      });
    }
    return made;
  };
}
