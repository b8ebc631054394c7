import type Phaser from 'phaser';
import { afterEach, describe, expect, it } from 'vitest';
import { controllers, type EpisodeEnding, type Stage } from '../../contract';
import { ArenaScene, type FocusView, type SceneArt } from './arena-scene';
import type { Verdict } from './flourish';
import { type MountedGame, mountGame } from './mount';

let mounted: MountedGame | null = null;

afterEach(() => {
  mounted?.destroy();
  mounted = null;
  document.body.replaceChildren();
});

/** A scene of two arenas whose art only notes what it is told; its episodes end when a test says so. */
function show(verdict: Verdict, reducedMotion: boolean) {
  const wishes = { reducedMotion };
  const endings: EpisodeEnding[] = [];
  const seen = { shifts: [] as number[], calm: [] as boolean[], ghosts: 0 };
  const scenes: Phaser.Scene[] = [];
  const focusView: FocusView = {
    arrange: () => {},
    paintGround: () => {},
    draw: ({ calm }) => seen.calm.push(calm),
    endingPoint: () => ({ xPx: 100, yPx: 100, sizePx: 50 }),
    settle: () => {},
    leaveGhost: () => seen.ghosts++,
    shift: (byPx) => seen.shifts.push(byPx),
  };
  const art: SceneArt = {
    files: [],
    tileAspect: 1,
    timeLimitTicks: 100,
    tickMs: 20,
    createFocusView: (scene) => {
      scenes.push(scene);
      return focusView;
    },
    createTileViews: () => ({ arrange: () => {}, paintGround: () => {}, draw: () => {} }),
    verdict: () => verdict,
  };
  const stage: Stage = {
    arenas: 2,
    stateSize: 1,
    states: new Float64Array(2),
    previousStates: new Float64Array(2),
    actions: new Float32Array(2),
    episodeTicks: new Int32Array(2),
    blend: () => 1,
    focusedArena: () => 0,
    focus: () => undefined,
    controller: () => controllers.cast,
    takeEndings: () => endings.splice(0),
    theme: () => 'dark',
    reducedMotion: () => wishes.reducedMotion,
  };
  const parent = document.createElement('div');
  Object.assign(parent.style, { position: 'relative', width: '400px', height: '300px' });
  document.body.append(parent);
  const game = mountGame(parent, (shown) => new ArenaScene(shown, art), stage);
  mounted = game;
  /** Frames that were drawn, until `each` says that it is enough. */
  const frames = (each: () => boolean) =>
    new Promise<void>((resolve) => {
      const stop = game.onFrame(() => {
        if (seen.calm.length === 0 || !each()) return;
        stop();
        resolve();
      });
    });
  /** Ends the focused arena's episode, and counts what flies about in the frames after it. */
  const end = async (count: number) => {
    let flying = 0;
    let left = count;
    seen.shifts.length = 0;
    await frames(() => {
      if (left === count) endings.push({ arena: 0 } as EpisodeEnding);
      const images = scenes.at(-1)?.children.list as Phaser.GameObjects.Image[];
      flying = Math.max(
        flying,
        images.filter(({ texture, visible }) => texture?.key === 'mark-glow' && visible).length,
      );
      left--;
      return left === 0;
    });
    return flying;
  };
  return { wishes, seen, endings, frames, end };
}

describe('an arena’s scene', () => {
  it('shakes, and lets dust fly, where an episode failed', async () => {
    const { seen, end } = show('failure', false);
    expect(await end(8)).toBeGreaterThan(0);
    expect(seen.shifts.some((byPx) => byPx !== 0)).toBe(true);
    expect(seen.ghosts).toBe(1);
    expect(seen.calm).not.toContain(true);
  });

  it('marks no ending of an arena that nobody has seen yet', async () => {
    const { seen, endings, frames } = show('failure', false);
    endings.push({ arena: 0 } as EpisodeEnding);
    await frames(() => endings.length === 0 && seen.calm.length > 3);
    expect(seen.ghosts).toBe(0);
    expect(seen.shifts.every((byPx) => byPx === 0)).toBe(true);
  });

  it.each(['failure', 'success', 'neutral'] as const)(
    'moves nothing aside and lets nothing fly at a %s where less motion is wanted, from the first frame on',
    async (verdict) => {
      const { seen, end } = show(verdict, true);
      expect(await end(8)).toBe(0);
      expect(seen.shifts.every((byPx) => byPx === 0)).toBe(true);
      expect(seen.calm).not.toContain(false);
    },
  );

  it('follows when a person changes their mind about motion', async () => {
    const { wishes, seen, frames } = show('neutral', false);
    await frames(() => true);
    wishes.reducedMotion = true;
    await frames(() => seen.calm.at(-1) === true);
  });
});
