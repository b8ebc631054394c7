import { serveActor } from './serve-actor';

serveActor();
