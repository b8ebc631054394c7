import { loadSimulation } from '../../game/catalogue';
import { serveCollector } from '../../workers/serve-collector';

serveCollector(loadSimulation);
