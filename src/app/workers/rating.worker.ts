import { loadSimulation } from '../../game/catalogue';
import { serveRating } from '../../workers/serve-rating';

serveRating(loadSimulation);
