import { simulations } from '../game/simulations';
import { serveActor } from './serve-actor';

serveActor(...simulations);
