/**
 * Which of a run's kept versions go when there are too many: each time the one, never the first or the last, without
 * which the widest gap grows least, the older of two alike. So what stays is spread over the run.
 *
 * @param versions ascending.
 * @param most that may stay; at least 2.
 * @param kept versions that stay in any case.
 * @returns those that go.
 */
export function tooMany(
  versions: readonly number[],
  most: number,
  kept: ReadonlySet<number> = new Set(),
): number[] {
  const staying = [...versions];
  const going: number[] = [];
  while (staying.length > most) {
    let narrowest = -1;
    let narrowestGap = Number.POSITIVE_INFINITY;
    for (let i = 1; i < staying.length - 1; i++) {
      const gap = staying[i + 1]! - staying[i - 1]!;
      if (gap >= narrowestGap || kept.has(staying[i]!)) continue;
      narrowest = i;
      narrowestGap = gap;
    }
    if (narrowest < 0) break;
    going.push(...staying.splice(narrowest, 1));
  }
  return going;
}
