import { expect, it } from 'vitest';
import { followLinks } from './links.mjs';

const pages = {
  'index.html':
    '<a href="guide/a.html#there">a</a> <a class="b" href="https://phaser.io">out</a> <a href="#top">up</a><p id="top">',
  'guide/a.html': '<a href="../index.html">home</a> <h2 id="there">There</h2> <img src="../x%20y.png">',
};

it('follows links to pages, to files and to places in pages', () => {
  expect(followLinks(pages, new Set([...Object.keys(pages), 'x y.png']))).toEqual({
    dead: [],
    external: ['https://phaser.io'],
  });
});

it('tells of pages, files and places that are not there, and of what holds at a host’s root only', () => {
  const html =
    '<a href="guide/b.html"></a><a href="guide/a.html#gone"></a><a href="/index.html"></a><script src="gone.js"></script>';
  const { dead } = followLinks({ ...pages, 'index.html': html }, new Set([...Object.keys(pages), 'x y.png']));
  expect(dead.map((sentence) => /“(.*)”/.exec(sentence)?.[1])).toEqual([
    'guide/b.html',
    'guide/a.html#gone',
    '/index.html',
    'gone.js',
  ]);
});
