import type Phaser from 'phaser';
import type { Ambience } from './ambience';
import type { GameStepper } from './game-stepper';
import type { LiveScene } from './live-scene';

/** What a game holds. */
type Holding = Readonly<Record<'objects' | 'listeners' | 'textures', number>>;

/** What there is more of after some restarts than before. */
export interface Growth {
  readonly what: keyof Holding | 'timers';
  readonly from: number;
  readonly to: number;
  readonly restarts: number;
}

/** The first are not counted: a game may make things once. */
const uncountedRestarts = 2;
const countedRestarts = 6;
const stepsAnEpisode = 20;
const kinds = ['objects', 'listeners', 'textures'] as const;

/** Begins a scene again and again. @returns what grew each time, and what it leaves running as it is shut down. */
export async function sceneLeaks<Scene extends Phaser.Scene>(
  live: LiveScene<Scene>,
  stepper: GameStepper,
  ambience: Ambience,
): Promise<Growth[]> {
  const { game } = stepper;
  const holdings: Holding[] = [];
  for (let restart = 0; restart < uncountedRestarts + countedRestarts; restart++) {
    for (let step = 0; step < stepsAnEpisode; step++) {
      live.step(() => []);
      await stepper.settle();
    }
    live.begin();
    if (restart >= uncountedRestarts) holdings.push(holdingOf(game));
  }
  const growths = kinds.flatMap((what): Growth[] => {
    const counts = holdings.map((holding) => holding[what]);
    const grows = counts.every((count, i) => i === 0 || count > counts[i - 1]!);
    return grows ? [{ what, from: counts[0]!, to: counts.at(-1)!, restarts: counts.length - 1 }] : [];
  });
  const timers = timersLeft(live, stepper, ambience);
  return timers === 0 ? growths : [...growths, { what: 'timers', from: 0, to: timers, restarts: 0 }];
}

/** Timers that come again and again after the scene has been shut down. */
function timersLeft<Scene extends Phaser.Scene>(
  live: LiveScene<Scene>,
  stepper: GameStepper,
  ambience: Ambience,
): number {
  const before = ambience.intervals;
  stepper.within(() => live.scene.scene.stop());
  stepper.step();
  return Math.min(before, ambience.intervals);
}

function holdingOf(game: Phaser.Game): Holding {
  const { scenes } = game.scene;
  const objects = scenes.reduce((sum, { sys }) => sum + sys.displayList.length + sys.updateList.length, 0);
  let listeners = 0;
  for (const emitter of emittersOf(game)) {
    for (const event of emitter.eventNames()) listeners += emitter.listenerCount(event);
  }
  return { objects, listeners, textures: Object.keys(game.textures.list).length };
}

/** What outlives an episode and can be listened to. */
function emittersOf(game: Phaser.Game): Set<Phaser.Events.EventEmitter> {
  const { events, scale, registry, input, textures, anims, sound } = game;
  const found: unknown[] = [events, scale, registry.events, input.events, textures, anims, sound];
  for (const scene of game.scene.scenes) {
    found.push(scene.sys.events, scene.input, scene.input?.keyboard, scene.data?.events);
    found.push(scene.physics?.world, scene.matter?.world);
  }
  return new Set(found.filter(isEmitter));
}

/** Not all of Phaser’s are of its class. */
function isEmitter(each: unknown): each is Phaser.Events.EventEmitter {
  return typeof each === 'object' && each !== null && 'eventNames' in each && 'listenerCount' in each;
}
