import { loadSimulation } from '../../game/catalogue';
import { serveActor } from '../../workers/serve-actor';

serveActor(loadSimulation);
