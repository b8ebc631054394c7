import '../stand-ins';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Phaser from 'phaser';
import { PNG } from 'pngjs';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { DecisionBatch, decisionShape } from '../../contract';
import { keys } from '../actions';
import { defineAgent } from '../agent-definition';
import { each } from '../earnings';
import { startHeadless, type TwinAssets } from '../headless-game';
import { liveEnvironment } from '../live-environment';
import { gatherAssets } from './gather-assets';

const picture = (width: number, height: number) => PNG.sync.write(new PNG({ width, height }));

const level = {
  type: 'map',
  orientation: 'orthogonal',
  width: 3,
  height: 2,
  tilewidth: 16,
  tileheight: 16,
  layers: [
    {
      type: 'tilelayer',
      name: 'ground',
      x: 0,
      y: 0,
      width: 3,
      height: 2,
      visible: true,
      opacity: 1,
      data: [0, 0, 0, 1, 0, 2],
    },
  ],
  tilesets: [
    {
      firstgid: 1,
      name: 'tiles',
      image: 'tiles.png',
      imagewidth: 32,
      imageheight: 16,
      tilewidth: 16,
      tileheight: 16,
      margin: 0,
      spacing: 0,
      tilecount: 2,
      columns: 2,
    },
  ],
};

const atlas = {
  frames: [
    {
      filename: 'fox',
      frame: { x: 2, y: 2, w: 10, h: 8 },
      rotated: false,
      trimmed: true,
      spriteSourceSize: { x: 3, y: 4, w: 10, h: 8 },
      sourceSize: { w: 20, h: 18 },
    },
  ],
  meta: { image: 'atlas.png', size: { w: 64, h: 64 }, scale: 1 },
};

const font = `<font><info face="block" size="8"/><common lineHeight="9" scaleW="32" scaleH="16"/><chars count="1">
  <char id="65" x="1" y="1" width="5" height="7" xoffset="0" yoffset="1" xadvance="6"/></chars></font>`;

const walk = {
  key: 'walk',
  frameRate: 8,
  repeat: -1,
  frames: [
    { key: 'sheet', frame: 0 },
    { key: 'sheet', frame: 1 },
  ],
};

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assets-'));
  const write = (name: string, content: string | Buffer) => writeFileSync(join(folder, name), content);
  write('tiles.png', picture(32, 16));
  write('sheet.png', picture(48, 12));
  write('atlas.png', picture(64, 64));
  write('font.png', picture(32, 16));
  write('alone.png', picture(9, 7));
  write('shape.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="30" height="20"/>');
  write('level.json', JSON.stringify(level));
  write('atlas.json', JSON.stringify(atlas));
  write('waves.json', '{"waves":[1,2]}');
  write('walk.json', JSON.stringify({ anims: [walk] }));
  write('font.xml', font);
  write('words.txt', 'hello');
  write('story.xml', '<story title="a"><line who="fox">Hm.</line><line who="owl">Hu!</line></story>');
});

/** Loads a file of every kind as it starts, and keeps what came of each. */
class Loading extends Phaser.Scene {
  begun = 0;
  fox!: Phaser.Types.Physics.Arcade.SpriteWithDynamicBody;
  ground!: Phaser.Tilemaps.TilemapLayer;
  walker!: Phaser.GameObjects.Sprite;

  constructor() {
    super('Loading');
  }

  preload(): void {
    this.load.image('tiles', 'tiles.png');
    this.load.image('alone', pathToFileURL(join(folder, 'alone.png')).href);
    this.load.spritesheet('sheet', 'sheet.png', { frameWidth: 16, frameHeight: 12 });
    this.load.atlas('atlas', 'atlas.png', 'atlas.json');
    this.load.svg('shape', 'shape.svg', { scale: 2 });
    this.load.tilemapTiledJSON('level', 'level.json');
    this.load.json('waves', 'waves.json');
    this.load.animation('walks', 'walk.json');
    this.load.bitmapFont('block', 'font.png', 'font.xml');
    this.load.text('words', 'words.txt');
    this.load.xml('story', 'story.xml');
    this.load.audio('jump', 'jump.ogg');
  }

  create(): void {
    this.begun += 1;
    const map = this.make.tilemap({ key: 'level' });
    this.ground = map.createLayer('ground', map.addTilesetImage('tiles')!)! as Phaser.Tilemaps.TilemapLayer;
    this.ground.setCollisionByExclusion([-1]);
    this.fox = this.physics.add.sprite(8, 0, 'atlas', 'fox');
    this.fox.setBodySize(10, 8).setGravityY(600);
    this.physics.add.collider(this.fox, this.ground);
    this.walker = this.add.sprite(0, 0, 'sheet').play('walk');
    this.sound.play('jump');
  }

  /** All that loading came to, in numbers. */
  seen() {
    const { textures, cache, fox, walker } = this;
    const sizes = ['tiles', 'alone', 'shape', 'atlas'].flatMap((key) => {
      const { width, height } = textures.get(key).getSourceImage();
      return [width, height];
    });
    const lines = [...(cache.xml.get('story') as XMLDocument).getElementsByTagName('line')];
    return {
      begun: this.begun,
      sizes,
      frames: textures.get('sheet').frameTotal,
      fox: [fox.width, fox.height, fox.body.width, fox.body.height, fox.y],
      walker: walker.anims.currentFrame?.index ?? 0,
      tiles: [this.ground.getTileAt(0, 1)?.index ?? 0, this.ground.getTileAt(2, 1)?.index ?? 0],
      waves: (cache.json.get('waves') as { waves: number[] }).waves,
      letter: this.add.bitmapText(0, 0, 'block', 'AA').getTextBounds().local.width,
      words: (cache.text.get('words') as string).length,
      story: lines.map((line) => (line.textContent ?? '').length + (line.getAttribute('who') ?? '').length),
    };
  }
}

const config = (scene: Phaser.Types.Scenes.SceneType | Phaser.Types.Scenes.SceneType[]) => ({
  width: 100,
  height: 100,
  physics: { default: 'arcade' as const },
  scene,
});

const loader = defineAgent<Loading>({
  name: 'loader',
  scene: 'Loading',
  every: 1,
  limit: 20,
  sees: (scene) => scene.seen(),
  does: keys({ wait: [] }),
  earns: { alive: each(1) },
});

/** What is seen at each of so many decisions, of which an episode has 20. */
async function seen(assets: TwinAssets, decisions: number) {
  const environment = await liveEnvironment(config(Loading), loader, { seed: 1, assets });
  const batch = new DecisionBatch(decisionShape(environment.spec, 1));
  const rows = Array.from({ length: decisions }, () => {
    environment.takeDecision(batch);
    environment.applyActions(Float32Array.of(0));
    environment.tick();
    return [...batch.observations];
  });
  return { rows, faults: environment.takeFaults() };
}

let games: Phaser.Game[] = [];
afterEach(() => {
  for (const game of games) game.destroy(true);
  games = [];
});

async function started(assets: TwinAssets, scene: Phaser.Types.Scenes.SceneType = Loading) {
  const game = await startHeadless(config(scene), 1, undefined, assets);
  game.loop.stop();
  game.headlessStep(0, 16);
  games.push(game);
  return game;
}
const sceneOf = (game: Phaser.Game) => game.scene.getScene<Loading>('Loading');

const loaded = {
  sizes: [32, 16, 9, 7, 60, 40, 64, 64],
  frames: 4,
  tiles: [1, 2],
  waves: [1, 2],
  letter: 12,
  words: 5,
  story: [6, 6],
};

describe('a scene that loads as it starts', () => {
  it('finds its files in a folder, where there is no page', async () => {
    const scene = sceneOf(await started(folder));
    expect(scene.seen()).toMatchObject({ ...loaded, begun: 1 });
    expect(scene.seen().fox.slice(0, 4)).toEqual([20, 18, 10, 8]);
    // It lands on the tile under it: its body's lower edge at 16.
    for (let step = 1; step < 60; step++) scene.game.headlessStep(16 * step, 16);
    expect(scene.fox.body.bottom).toBeCloseTo(16, 3);
    expect(scene.walker.anims.isPlaying).toBe(true);
  });

  it('finds all of it in what a game that had loaded it hands over as plain data', async () => {
    const handed = structuredClone(gatherAssets(await started(folder)));
    const scene = sceneOf(await started(handed));
    expect(scene.seen()).toEqual(sceneOf(games[0]!).seen());
  });

  it('begins each episode anew, and comes to the same with either', async () => {
    const handed = structuredClone(gatherAssets(await started(folder)));
    const [fromFolder, fromPage] = [await seen(folder, 70), await seen(handed, 70)];
    expect(fromPage).toEqual(fromFolder);
    expect(fromFolder.faults).toEqual([]);
  });
});

describe('a scene whose file is not there', () => {
  class Missing extends Phaser.Scene {
    constructor() {
      super('Loading');
    }
    preload(): void {
      this.load.image('ghost', 'ghosts/ghost.png');
    }
  }
  const lost = defineAgent<Missing>({ ...loader, sees: () => ({ one: 1 }) } as never);
  const begin = (assets?: TwinAssets) =>
    liveEnvironment(config(Missing), lost, { seed: 1, ...(assets !== undefined && { assets }) });

  it('is refused with a sentence that names it, and where it was looked for', async () => {
    await expect(begin(folder)).rejects.toThrow(
      `The image “ghost” (ghosts/ghost.png), which the scene “Loading” loads, is not at ${join(folder, 'ghosts/ghost.png')}`,
    );
    await expect(begin()).rejects.toThrow(join(process.cwd(), 'ghosts/ghost.png'));
  });

  it('is refused where the page had not loaded it either', async () => {
    const handed = gatherAssets(await started(folder));
    await expect(begin(handed)).rejects.toThrow(
      /image “ghost”.*had not been loaded by the game that is seen/,
    );
  });

  it('is refused where what is there is no picture', async () => {
    writeFileSync(join(folder, 'broken.png'), 'no picture');
    class Broken extends Missing {
      override preload(): void {
        this.load.image('broken', 'broken.png');
      }
    }
    const broken = liveEnvironment(config(Broken), lost, { seed: 1, assets: folder });
    await expect(broken).rejects.toThrow(/“broken”.*no picture/);
  });
});
