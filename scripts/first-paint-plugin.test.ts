import { expect, it } from 'vitest';
import { withStylesLast } from './first-paint-plugin.mjs';

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
