import Phaser from 'phaser';
import { afterEach, expect, it } from 'vitest';
import { sceneRuns } from '../scene-status';
import { gatherAssets } from './gather-assets';

let game: Phaser.Game | null = null;
afterEach(() => game?.destroy(true));

const blob = (content: string) => URL.createObjectURL(new Blob([content]));

function picture(width: number, height: number): string {
  const canvas = document.createElement('canvas');
  Object.assign(canvas, { width, height });
  return canvas.toDataURL();
}

class Loading extends Phaser.Scene {
  constructor() {
    super('Loading');
  }

  preload(): void {
    this.load.image('alone', picture(9, 7));
    this.load.spritesheet('sheet', picture(48, 12), { frameWidth: 16, frameHeight: 12 });
    this.load.json('waves', blob('{"waves":[1,2]}'));
    this.load.text('words', blob('hello'));
    this.load.xml('story', blob('<story title="a"><line who="fox">Hm.</line></story>'));
  }

  create(): void {
    const frames = this.anims.generateFrameNumbers('sheet', { start: 0, end: 2 });
    this.anims.create({ key: 'walk', frames, frameRate: 8 });
    this.make.graphics().fillRect(0, 0, 5, 5).generateTexture('drawn', 5, 5);
    this.anims.create({ key: 'blink', frames: [{ key: 'drawn' }] });
    this.add.text(0, 0, 'drawn, too');
  }
}

it('a page’s game hands over what it has loaded, and leaves out what it draws itself', async () => {
  game = new Phaser.Game({ width: 50, height: 50, parent: document.body, banner: false, scene: Loading });
  await sceneRuns(game, 'Loading');
  const { textures, caches, xml, animations } = structuredClone(gatherAssets(game));
  const handed = Object.fromEntries(textures.map(({ key, ...texture }) => [key, texture]));
  expect(handed['alone']?.sources).toEqual([{ width: 9, height: 7 }]);
  expect(handed['sheet']?.frames.map(({ name, fields: { cutX, width } }) => [name, cutX, width])).toEqual([
    [0, 0, 16],
    [1, 16, 16],
    [2, 32, 16],
    ['__BASE', 0, 48],
  ]);
  expect(Object.keys(handed).filter((key) => !key.startsWith('__'))).toEqual(['alone', 'sheet']);
  expect(caches).toMatchObject({ json: [['waves', { waves: [1, 2] }]], text: [['words', 'hello']] });
  const line = { tag: 'line', attributes: { who: 'fox' }, children: ['Hm.'] };
  expect(xml).toEqual([['story', { tag: 'story', attributes: { title: 'a' }, children: [line] }]]);
  expect(animations.anims.map(({ key }) => key)).toEqual(['walk']);
});
