import { balance } from '../../game/balance/simulation';
import { serveCollector } from '../serve-collector';

serveCollector(balance);
