// Where each file lies; bundlers give it an address that lasts, and Node takes it as it is.

export const files = {
  level: new URL('./assets/level.json', import.meta.url).href,
  tiles: new URL('./assets/tiles.png', import.meta.url).href,
  sprites: new URL('./assets/sprites.png', import.meta.url).href,
  flag: new URL('./assets/flag.png', import.meta.url).href,
  plank: new URL('./assets/plank.png', import.meta.url).href,
  font: new URL('./assets/font.png', import.meta.url).href,
  sky: new URL('./assets/sky.png', import.meta.url).href,
  clouds: new URL('./assets/clouds.png', import.meta.url).href,
  mountains: new URL('./assets/mountains.png', import.meta.url).href,
  hills: new URL('./assets/hills.png', import.meta.url).href,
} as const;
