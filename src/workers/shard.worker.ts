import { type ShardStart, serveShard } from '../agent/shards/shard';

/** A trainer after the other: what is said meanwhile waits until the one before is done with. */
self.onmessage = ({ data }: MessageEvent<ShardStart>) => serveShard(data);
self.postMessage('listening');
