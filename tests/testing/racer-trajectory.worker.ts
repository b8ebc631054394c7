import { trajectory } from '../../examples/racer/trajectory';

/** Drives twice, and says whether that came to the same. */
async function compare() {
  const [first, second] = [await trajectory(3_000), await trajectory(3_000)];
  const isSame =
    first.seen.length === second.seen.length && first.seen.every((value, i) => value === second.seen[i]);
  return { isSame, numbers: first.seen.length, endings: first.endings.length, faults: first.faults };
}

void compare().then((comparison) => postMessage(comparison));
