import { loadSimulation } from '../../game/catalogue';
import { serveComparison } from '../../workers/serve-comparison';

serveComparison(loadSimulation);
