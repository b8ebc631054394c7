import type { MatchRecord } from '../../src/match/record';
import { replayTicks } from './replay-ticks';

addEventListener('message', ({ data }: MessageEvent<MatchRecord>) => postMessage(replayTicks(data)));
