import Phaser from 'phaser';

// Many games take Phaser from where its script puts it, and so does its CommonJS form: there is one in a twin, too.
(globalThis as { Phaser?: typeof Phaser }).Phaser ??= Phaser;
