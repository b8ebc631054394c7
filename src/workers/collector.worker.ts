import { simulations } from '../game/simulations';
import { serveCollector } from './serve-collector';

serveCollector(...simulations);
