import { beforeEach, describe, expect, it } from 'vitest';
import { FetchedPart } from './fetched-part';

let asked: { readonly comes: () => void; readonly fails: () => void }[];
let part: FetchedPart;
beforeEach(() => {
  asked = [];
  part = new FetchedPart(
    () => new Promise((resolve, reject) => asked.push({ comes: resolve, fails: () => reject(new Error()) })),
  );
});
const settled = () => new Promise((resolve) => setTimeout(resolve));
const reasons = [[], [], []];

describe('a part that is fetched', () => {
  it('is asked for once while it is on its way, and not at all once it is there', async () => {
    for (const reason of reasons) part.askFor(reason);
    expect(asked).toHaveLength(1);
    asked[0]?.comes();
    await settled();
    for (const reason of reasons) part.askFor(reason);
    expect(asked).toHaveLength(1);
  });

  it('is asked for again where it did not come, with another reason alone', async () => {
    part.askFor(reasons[0]!);
    asked[0]?.fails();
    await settled();
    part.askFor(reasons[0]!);
    expect(asked).toHaveLength(1);
    part.askFor(reasons[1]!);
    expect(asked).toHaveLength(2);
  });
});
