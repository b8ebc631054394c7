import { simulations } from '../../game/simulations';
import { serveActor } from '../../workers/serve-actor';

serveActor(...simulations);
