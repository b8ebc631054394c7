/** A game without its page, in a worker or in Node: to be imported before the game and before Phaser. */
import './stand-ins';

export { type LiveOrigin, liveEnvironment } from './live-environment';
