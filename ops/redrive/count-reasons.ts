/** How many for each reason; those who gave none are counted as `unknown`. */
export function countReasons(reasons: readonly (string | undefined)[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const reason of reasons) counts[reason ?? 'unknown'] = (counts[reason ?? 'unknown'] ?? 0) + 1;
  return counts;
}
