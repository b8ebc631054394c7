import { serveGathering } from '../gathering-door';

addEventListener('message', ({ data }: MessageEvent<MessagePort>) => serveGathering(data), { once: true });
