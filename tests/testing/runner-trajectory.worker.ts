import { hashOf, trajectory } from '../../examples/runner/trajectory';

/** Runs twice with what the page hands over, and says what that came to. */
async function answer(data: Parameters<typeof trajectory>[1]) {
  const [first, second] = [await trajectory(3_000, data), await trajectory(3_000, data)];
  const { endings, faults } = first;
  postMessage({ hashes: [hashOf(first), hashOf(second)], endings: endings.length, faults });
}

addEventListener('message', ({ data }) => void answer(data));
