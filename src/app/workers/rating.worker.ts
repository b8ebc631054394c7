import { simulations } from '../../game/simulations';
import { serveRating } from '../../workers/serve-rating';

serveRating(...simulations);
