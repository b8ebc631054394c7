import { trajectory } from '../../examples/duel/trajectory';
import { hashOf } from '../../examples/played-by-lot';

/** Fights twice, and tells what that came to. */
async function fight() {
  const [first, second] = [await trajectory(3_000), await trajectory(3_000)];
  return { hashes: [hashOf(first), hashOf(second)], faults: [...first.faults, ...second.faults] };
}

void fight().then((seen) => postMessage(seen));
