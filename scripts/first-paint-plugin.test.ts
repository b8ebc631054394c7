import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withFiles, withStylesLast } from './first-paint-plugin.mjs';

it('moves stylesheets behind what is shown at once, in their order, and nothing else', () => {
  const html = `<head>
    <script type="module" src="./a.js"></script>
    <link rel="modulepreload" href="./b.js">
    <link rel="stylesheet" href="./a.css">
    <link rel="stylesheet" href="./b.css">
  </head>
  <body>
    <p>at once</p>
  </body>`;
  expect(withStylesLast(html)).toBe(`<head>
    <script type="module" src="./a.js"></script>
    <link rel="modulepreload" href="./b.js">
  </head>
  <body>
    <p>at once</p>
    <link rel="stylesheet" href="./a.css">
    <link rel="stylesheet" href="./b.css">
  </body>`);
});

it('opens with the very picture that the page goes on with', () => {
  const folder = join(import.meta.dirname, '..');
  const html = withFiles(readFileSync(join(folder, 'index.html'), 'utf8'), folder);
  const picture = readFileSync(join(folder, 'src/ui/loading/loading-picture.svg'), 'utf8').trim();
  expect(html.split(picture)).toHaveLength(2);
  expect(html).not.toContain('<!-- file');
});
