/** Makes it on first use and keeps it; what could not be made is tried again at the next use. */
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
