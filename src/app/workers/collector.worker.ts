import { simulations } from '../../game/simulations';
import { serveCollector } from '../../workers/serve-collector';

serveCollector(...simulations);
