import { deleteDB } from 'idb';
import { NEVER } from 'rxjs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newRunId } from '../../storage/run-id';
import { StorageError } from '../../storage/storage-error';
import type { ThenAndNowIntent } from '../../ui/then-and-now/then-and-now-state';
import type { AppFeature } from '../feature';
import { type OpenPage, openPage } from '../testing/open-page';
import { thenAndNowFeature } from './then-and-now-feature';

let name: string;
let page: OpenPage;
let feature: AppFeature;
let places: readonly [HTMLElement, HTMLElement];
/** Another run of the game, which takes as long to read as a test lets it. */
let slow: string;
let answerSlow: () => void;
let refuseSlow: () => void;

beforeEach(async () => {
  name = `test-${newRunId()}`;
  page = await openPage(name);
  await page.visit();
  await page.learn([1]);
  slow = `run-${page.store.state.front}`;
  await page.visit({ epochs: 3 });
  await page.learn([10, 20]);
  const { runs } = page.storage;
  const read = runs.state.bind(runs);
  runs.state = async (...asked) => {
    await new Promise<void>((resolve, reject) => {
      answerSlow = resolve;
      refuseSlow = () => reject(new StorageError('lost', 'the run'));
    });
    return read(...asked);
  };
  places = [document.createElement('div'), document.createElement('div')];
  document.body.append(...places);
  const looks = { theme: () => 'dark' as const, reducedMotion: () => true };
  feature = thenAndNowFeature({ ...page, games: {}, frames$: NEVER, looks });
  await act({ kind: 'thenAndNow', open: true });
  await act({ kind: 'thenAndNowIn', places });
  if (shown()?.phase !== 'playing') throw new Error('Nothing is to be seen.');
});
afterEach(async () => {
  feature.dispose?.();
  for (const place of places) place.remove();
  page.desk.dispose();
  await page.storage.close();
  await deleteDB(name);
});

const { signal } = new AbortController();
const act = async <Asked extends ThenAndNowIntent>(asked: Asked) => {
  const handler = feature.intents[asked.kind] as { act(asked: Asked, signal: AbortSignal): Promise<void> };
  await handler.act(asked, signal);
};
const shown = () => page.store.state.thenAndNow;
const choose = (side: 0 | 1, choice: string) => act({ kind: 'thenAndNowPolicy', side, choice });
const choices = () => shown()?.sides.map(({ choice }) => choice);

describe('of two policies that are chosen for a side', () => {
  it('the later one plays, though the earlier comes after it', async () => {
    const first = choose(0, slow);
    await choose(0, 'best');
    answerSlow();
    await first;
    expect(choices()).toEqual(['best', 'training']);
  });

  it('the later one plays, though the earlier one’s file comes after it', async () => {
    const file = new File([], 'slow.safetensors');
    let answer = () => {};
    file.arrayBuffer = () => new Promise((resolve) => (answer = () => resolve(new ArrayBuffer(0))));
    const first = act({ kind: 'thenAndNowFile', side: 0, file });
    await choose(0, 'best');
    answer();
    await first;
    expect(shown()?.problem).toBeNull();
    expect(choices()).toEqual(['best', 'training']);
  });

  it('the later one is said nothing of where the earlier does not come', async () => {
    const first = choose(0, slow);
    await choose(0, 'best');
    refuseSlow();
    await first;
    expect(shown()?.problem).toBeNull();
  });

  it('each plays where they are of different sides', async () => {
    const first = choose(0, slow);
    await choose(1, 'best');
    answerSlow();
    await first;
    expect(choices()).toEqual([slow, 'best']);
  });
});

it('a policy that does not come is told of, and the one before it plays on', async () => {
  const before = choices();
  const asked = choose(0, slow);
  refuseSlow();
  await asked;
  expect(shown()?.problem).toMatch(/\S/);
  expect(choices()).toEqual(before);
});
