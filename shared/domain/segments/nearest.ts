/** Levenshtein distance: the fewest letters to add, drop or change. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length }, (_, index) => index + 1);
  let last = b.length;
  for (let i = 0; i < a.length; i += 1) {
    let corner = i;
    last = i + 1;
    row = row.map((above, j) => {
      const change = corner + (a[i] === b[j] ? 0 : 1);
      corner = above;
      last = Math.min(change, above + 1, last + 1);
      return last;
    });
  }
  return last;
}

const LONGEST = 100;

/** The known name that was probably meant: at most a third of its letters differ. */
export function nearest(word: string, known: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const name of known) {
    const away = distance(word.toLowerCase(), name.toLowerCase());
    if (away < least && away <= Math.max(1, name.length / 3)) {
      best = name;
      least = away;
    }
  }
  return best;
}

/** " (did you mean 'atLeast'?)", or nothing. */
export function suggestion(word: string, known: Iterable<string>): string {
  const name = nearest(word, known);
  return name === undefined ? '' : ` (did you mean '${name}'?)`;
}
