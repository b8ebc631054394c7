/** Writes what the game loads: `npm run build:runner`. Pictures are drawn here, the level is read from level.txt. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import * as art from './art/pictures';
import { tiledLevel } from './art/tiled-level';

const here = (...names: string[]) => join(import.meta.dirname, ...names);

const level = tiledLevel(readFileSync(here('level.txt'), 'utf8'));
writeFileSync(here('assets', 'level.json'), `${JSON.stringify(level)}\n`);

const pictures = {
  tiles: art.drawTiles,
  sprites: art.drawSprites,
  flag: art.drawFlags,
  plank: art.drawPlank,
  font: art.drawFont,
  sky: art.drawSky,
  clouds: art.drawClouds,
  mountains: art.drawMountains,
  hills: art.drawHills,
};
for (const [name, draw] of Object.entries(pictures)) {
  const { width, height, data } = draw();
  const png = new PNG({ width, height });
  png.data = Buffer.from(data);
  writeFileSync(here('assets', `${name}.png`), PNG.sync.write(png));
}
