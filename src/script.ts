/** What a page of `<script>`s, and a twin of `importScripts`, get as `Playtrain`. */
export * from './phaser';
export * from './phaser/twin';
export * from './play/play';
